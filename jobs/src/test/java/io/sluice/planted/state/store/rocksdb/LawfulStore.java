package io.sluice.planted.state.store.rocksdb;

abstract class LawfulStore {
    abstract org.rocksdb.RocksDB database();
}
