package io.sluice.jobs.train;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TrainConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * How Flink runs the training job: state in RocksDB, exactly once, incremental checkpoints that
 * stay when the job is cancelled, no serializer that we did not choose.
 */
final class FlinkSettings {

    private FlinkSettings() {}

    static Configuration of(SluiceConfig config, boolean bounded) {
        TrainConfig train = config.train();
        Configuration flink = new Configuration();
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        // Most keys that are asked for are new: the filter answers without looking into files.
        flink.setString("state.backend.rocksdb.use-bloom-filter", "true");
        flink.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(train.checkpointIntervalMs()));
        flink.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        train.checkpointDir()
                .ifPresent(
                        directory ->
                                flink.set(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                                        uri(directory)));
        flink.set(PipelineOptions.MAX_PARALLELISM, train.maxParallelism());
        flink.set(
                PipelineOptions.AUTO_WATERMARK_INTERVAL,
                Duration.ofMillis(train.watermarkIntervalMs()));
        // A type that would fall to Kryo is a fault of ours and fails the start.
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        // No operator changes what it was given, so nothing has to be copied between chained ones.
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        restarts(flink, bounded);
        return flink;
    }

    /** Flink takes URIs only: a path becomes one. */
    private static String uri(String directory) {
        return URI.create(directory.replace(" ", "%20")).getScheme() != null
                ? directory
                : Path.of(directory).toAbsolutePath().normalize().toUri().toString();
    }

    private static void restarts(Configuration flink, boolean bounded) {
        if (bounded) {
            // Somebody waits for the end: a fault that comes back has to be seen.
            flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
            flink.set(
                    RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                    Duration.ofSeconds(1));
        } else {
            flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
            flink.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                    Duration.ofSeconds(1));
            flink.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                    Duration.ofMinutes(1));
        }
    }
}
