package io.sluice.jobs.topology;

import io.sluice.operators.evaluate.ScoreRecord;
import io.sluice.operators.train.ModelHistory;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.join.Incoming;
import io.sluice.state.model.Page;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where training reads and writes.
 *
 * @param source of events and of what could not be read
 * @param watermarks how event time follows from the events
 * @param pages takes what is to be served, in order
 * @param history which runs have published pages before
 * @param scores takes windows and judged predictions
 * @param drift takes alarms
 * @param deadLetters takes what was set aside
 */
public record TrainingEnds(
        Source<Incoming, ?, ?> source,
        WatermarkStrategy<Incoming> watermarks,
        Sink<Page> pages,
        ModelHistory history,
        Sink<ScoreRecord> scores,
        Sink<DriftAlarm> drift,
        Sink<DeadLetter> deadLetters) {}
