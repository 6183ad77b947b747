package io.sluice.planted.state.model;

abstract class UsesRocksDb {
    abstract org.rocksdb.RocksDB database();
}
