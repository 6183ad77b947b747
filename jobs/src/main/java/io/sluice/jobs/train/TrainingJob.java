package io.sluice.jobs.train;

import io.sluice.jobs.config.ConfigException;
import io.sluice.jobs.config.ConfigProblem;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TrainConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.connect.KafkaSinks;
import io.sluice.jobs.connect.KafkaSources;
import io.sluice.jobs.connect.PublishedRuns;
import io.sluice.jobs.topology.TrainingEnds;
import io.sluice.jobs.topology.TrainingTopology;
import io.sluice.operators.time.EventTimeWatermarks;
import io.sluice.operators.train.LearnConfig;
import io.sluice.state.join.Incoming;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training job between Kafka topics.
 *
 * <pre>
 * StreamExecutionEnvironment environment = TrainingJob.environment(config, Mode.UNBOUNDED);
 * environment.execute(config.name());
 * </pre>
 *
 * <p>The topics have to be there; see {@link io.sluice.jobs.connect.Topics#ensureForTraining}.
 */
public final class TrainingJob {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

    private static final String JOB = "train";

    private TrainingJob() {}

    /** When the job ends. */
    public enum Mode {
        /** At the offsets that were the latest when it began. */
        BOUNDED,
        /** Never. */
        UNBOUNDED
    }

    /** An environment with the job in it: local, or that of the cluster it is submitted to. */
    public static StreamExecutionEnvironment environment(SluiceConfig config, Mode mode) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(settings(config, mode));
        define(environment, config, mode, backlog(config, mode));
        return environment;
    }

    /** Flink's settings for the job; also for a cluster that runs nothing else. */
    public static Configuration settings(SluiceConfig config, Mode mode) {
        check(config);
        return FlinkSettings.of(config, mode == Mode.BOUNDED);
    }

    /**
     * Refuses what a replay can do and this job can't.
     *
     * @throws ConfigException for a table that no server could read, and for labels that come late
     *     on purpose
     */
    public static void check(SluiceConfig config) {
        if (config.examples().delayMs() > 0) {
            throw new ConfigException(
                    List.of(
                            new ConfigProblem(
                                    "examples.delayMs",
                                    config.examples().delayMs() + "",
                                    "0",
                                    "labels are held back in replays without --flink only",
                                    "train")));
        }
        if (config.model().table().isBaseline()) {
            throw new ConfigException(
                    List.of(
                            new ConfigProblem(
                                    "model.table",
                                    "a baseline",
                                    "own",
                                    "baselines are for replay without --flink and for compare",
                                    "train")));
        }
    }

    /** What the job will find, where that says how it is to be read. */
    public static Backlog backlog(SluiceConfig config, Mode mode) {
        return mode == Mode.BOUNDED ? Backlog.NONE : Backlog.of(config);
    }

    /**
     * Adds the job and its settings to an environment.
     *
     * @param backlog what the topics of events hold already
     */
    public static void define(
            StreamExecutionEnvironment environment,
            SluiceConfig config,
            Mode mode,
            Backlog backlog) {
        environment.configure(settings(config, mode));
        environment.setParallelism(config.train().parallelism());
        config.memoryLeftOut().ifPresent(LOG::warn);
        TrainingEnds ends =
                new TrainingEnds(
                        KafkaSources.events(config, JOB, mode == Mode.BOUNDED),
                        watermarks(config, mode, backlog),
                        KafkaSinks.pages(config),
                        new PublishedRuns(config),
                        KafkaSinks.scores(config),
                        KafkaSinks.drift(config),
                        KafkaSinks.deadLetters(config, JOB));
        new TrainingTopology(config, ends).define(environment);
    }

    /**
     * How event time follows from the events, for every job.
     *
     * <p>A bounded run waits for every partition, however long it is silent, and holds none back.
     * Otherwise partitions may run apart by {@link Backlog#farthestAhead}: what one is ahead by
     * waits in the buffers that put events in order.
     */
    public static WatermarkStrategy<Incoming> watermarks(
            SluiceConfig config, Mode mode, Backlog backlog) {
        TrainConfig train = config.train();
        boolean bounded = mode == Mode.BOUNDED;
        EventTimeWatermarks watermarks =
                new EventTimeWatermarks(
                        train.outOfOrdernessMs(),
                        bounded ? 0 : train.idleMs(),
                        train.watermarkIntervalMs(),
                        backlog.ends(),
                        System::currentTimeMillis);
        boolean ordered =
                train.order() == LearnConfig.Order.EVENT_TIME
                        || !config.streaming().features().isEmpty();
        boolean aligned = !bounded && ordered;
        return aligned
                ? watermarks.withWatermarkAlignment(
                        config.name(), backlog.farthestAhead(), ALIGNMENT_INTERVAL)
                : watermarks;
    }
}
