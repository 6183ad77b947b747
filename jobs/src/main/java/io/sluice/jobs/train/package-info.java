/**
 * The training job: the topology between Kafka topics, with Flink set up for it.
 *
 * <p>See {@link io.sluice.jobs.train.TrainingJob}.
 */
package io.sluice.jobs.train;
