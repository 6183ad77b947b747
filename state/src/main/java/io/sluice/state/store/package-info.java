/**
 * A served model: the view that pages add up to, outside of the trainer.
 *
 * <p>{@link io.sluice.state.store.ServedModel} folds pages and scores candidates; it is the same
 * class in the server, the rerank job and the tests, so that two views compare byte for byte. Where
 * its rows live is a port, {@link io.sluice.state.store.ServedRows}: on the heap here, on disk in
 * {@code store.rocksdb}. Nothing in here knows Kafka: a position in the stream is a name and a
 * number.
 */
package io.sluice.state.store;
