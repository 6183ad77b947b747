package io.sluice.jobs.topology;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.join.Incoming;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the features job reads and writes.
 *
 * @param source of events and of what could not be read
 * @param watermarks how event time follows from the events
 * @param pages takes the records of entities
 * @param deadLetters takes what was set aside
 */
public record FeatureEnds(
        Source<Incoming, ?, ?> source,
        WatermarkStrategy<Incoming> watermarks,
        Sink<EntityPage> pages,
        Sink<DeadLetter> deadLetters) {}
