/**
 * The job's graph as methods from streams to streams; no {@code main}, no Kafka.
 *
 * <p>Sources and sinks come in from outside, so the same graph runs over Kafka and in tests.
 */
package io.sluice.jobs.topology;
