package io.sluice.planted.operators.backend;

abstract class LawfulBackend {
    abstract org.rocksdb.RocksDB database();
}
