package io.sluice.jobs.rerank;

import io.sluice.jobs.config.ShippedConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.KafkaSinks;
import io.sluice.jobs.connect.KafkaSources;
import io.sluice.jobs.connect.ReplyTopics;
import io.sluice.jobs.topology.RerankEnds;
import io.sluice.jobs.topology.RerankTopology;
import io.sluice.jobs.train.TrainingJob;
import io.sluice.jobs.train.TrainingJob.Mode;
import io.sluice.jobs.view.LiveView;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The rerank job between Kafka topics. It never ends.
 *
 * <p>The topics have to be there; see {@link io.sluice.jobs.connect.Topics#ensureForReranking}.
 */
public final class RerankJob {

    private static final String JOB = "rerank";

    private RerankJob() {}

    /** An environment with the job in it: local, or that of the cluster it is submitted to. */
    public static StreamExecutionEnvironment environment(SluiceConfig config) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(settings(config));
        define(environment, config);
        return environment;
    }

    /** Flink's settings for the job; also for a cluster that runs nothing else. */
    public static Configuration settings(SluiceConfig config) {
        return TrainingJob.settings(config, Mode.UNBOUNDED);
    }

    /** Name of the job and of its folder of checkpoints. */
    public static String name(SluiceConfig config) {
        return config.name() + "-" + JOB;
    }

    /** Adds the job and its settings to an environment. */
    public static void define(StreamExecutionEnvironment environment, SluiceConfig config) {
        environment.configure(settings(config));
        environment.setParallelism(config.rerank().parallelism());
        RerankEnds ends =
                new RerankEnds(
                        KafkaSources.requests(config, JOB),
                        new SharedViewDoor(new ShippedConfig(config)),
                        new ReplyTopics(config),
                        KafkaSinks.replies(config),
                        KafkaSinks.deadLetters(config, JOB));
        new RerankTopology(config.rerank(), LiveView.limitsOfRequests(config), ends)
                .define(environment);
    }
}
