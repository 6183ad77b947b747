/**
 * The rows of a served model on disk, in RocksDB; the only importer of {@code org.rocksdb} in this
 * module.
 *
 * <p>What a RocksDB object holds lives outside of the heap, so everything that opens one has an
 * owner that closes it on every path.
 */
package io.sluice.state.store.rocksdb;
