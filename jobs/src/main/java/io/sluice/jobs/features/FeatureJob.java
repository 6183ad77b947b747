package io.sluice.jobs.features;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.connect.KafkaSinks;
import io.sluice.jobs.connect.KafkaSources;
import io.sluice.jobs.topology.FeatureEnds;
import io.sluice.jobs.topology.FeatureTopology;
import io.sluice.jobs.train.TrainingJob;
import io.sluice.jobs.train.TrainingJob.Mode;
import io.sluice.state.check.Checks;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The features job between Kafka topics. Parallelism, checkpoints and event time follow the
 * settings of the training job, so that both see the same stream.
 *
 * <p>The topics have to be there; see {@link io.sluice.jobs.connect.Topics#ensureForFeatures}.
 */
public final class FeatureJob {

    private static final String JOB = "features";

    private FeatureJob() {}

    /** An environment with the job in it: local, or that of the cluster it is submitted to. */
    public static StreamExecutionEnvironment environment(SluiceConfig config, Mode mode) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(settings(config, mode));
        define(environment, config, mode, TrainingJob.backlog(config, mode));
        return environment;
    }

    /** Flink's settings for the job; also for a cluster that runs nothing else. */
    public static Configuration settings(SluiceConfig config, Mode mode) {
        return TrainingJob.settings(config, mode);
    }

    /** Name of the job and of its folder of checkpoints. */
    public static String name(SluiceConfig config) {
        return config.name() + "-" + JOB;
    }

    /**
     * Adds the job and its settings to an environment.
     *
     * @param backlog what the topics of events hold already
     * @throws IllegalArgumentException when there is nothing to compute
     */
    public static void define(
            StreamExecutionEnvironment environment,
            SluiceConfig config,
            Mode mode,
            Backlog backlog) {
        Checks.that(
                !config.streaming().features().isEmpty(),
                "streaming",
                "at least one feature for the features job",
                "none");
        environment.configure(settings(config, mode));
        environment.setParallelism(config.train().parallelism());
        FeatureEnds ends =
                new FeatureEnds(
                        KafkaSources.events(config, JOB, mode == Mode.BOUNDED),
                        TrainingJob.watermarks(config, mode, backlog),
                        KafkaSinks.entityPages(config),
                        KafkaSinks.deadLetters(config, JOB));
        new FeatureTopology(config, ends).define(environment);
    }
}
