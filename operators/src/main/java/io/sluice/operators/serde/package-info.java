/**
 * How events look outside of the engine and between its operators: JSON of the topics and of the
 * server, and Flink's serializers over the codecs of {@code state}.
 *
 * <p>Everything here is a pure function of bytes: no Kafka client, no Flink function, no clock.
 */
package io.sluice.operators.serde;
