/**
 * Streaming features: what just happened, as numbers and keys that the model can read.
 *
 * <p>Facts change records, one per entity ({@link io.sluice.state.feature.stream.FactRouter},
 * {@link io.sluice.state.feature.stream.Aggregate}); records are read for a request and its
 * candidates ({@link io.sluice.state.feature.stream.StreamReader}). Both are pure functions of
 * record, fact and time, so that the features job, the server and a replay compute the same values;
 * where records are kept is their affair.
 */
package io.sluice.state.feature.stream;
