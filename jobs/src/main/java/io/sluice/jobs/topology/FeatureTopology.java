package io.sluice.jobs.topology;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.OperatorUids;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the features job.
 *
 * <pre>
 * source → route → interactions: → repetitions →  facts ┐
 *            │     impressions, feedback: → join → facts ┴→ records → (following records) → pages
 *            └───────────────────────────────┴→ dead letters
 * </pre>
 *
 * <p>All of it runs at {@code train.parallelism}, the sink of dead letters at 1.
 */
public final class FeatureTopology {

    private final SluiceConfig config;
    private final FeatureEnds ends;

    /** A topology between these ends. */
    public FeatureTopology(SluiceConfig config, FeatureEnds ends) {
        this.config = config;
        this.ends = ends;
    }

    /** Adds the graph to an environment. */
    public void define(StreamExecutionEnvironment environment) {
        Intake intake =
                Intake.define(
                        environment,
                        config,
                        ends.source(),
                        ends.watermarks(),
                        new Intake.Uids(
                                OperatorUids.FEATURES_SOURCE,
                                OperatorUids.FEATURES_ROUTE,
                                OperatorUids.FEATURES_JOIN,
                                OperatorUids.FEATURES_REPETITIONS));
        EntityRecordStreams records =
                EntityRecordStreams.define(
                        config,
                        intake,
                        new EntityRecordStreams.Purpose(true, false),
                        new EntityRecordStreams.Uids(
                                OperatorUids.FEATURES_FACTS,
                                OperatorUids.FEATURES_INTERACTION_FACTS,
                                OperatorUids.FEATURES_RECORDS,
                                OperatorUids.FEATURES_FOLLOWING_RECORDS));
        records.pages()
                .sinkTo(ends.pages())
                .name("features")
                .uid(OperatorUids.FEATURES_SINK)
                .setParallelism(config.train().parallelism());
        intake.letters()
                .sinkTo(ends.deadLetters())
                .name("dead letters")
                .uid(OperatorUids.FEATURES_DEAD_LETTERS_SINK)
                .setParallelism(1);
    }
}
