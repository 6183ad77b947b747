/**
 * Kafka as Flink sources and sinks, with our defaults; the topics themselves.
 *
 * <p>Here and in the server, and nowhere else, Kafka's clients are used.
 */
package io.sluice.jobs.connect;
