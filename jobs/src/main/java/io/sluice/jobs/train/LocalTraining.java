package io.sluice.jobs.train;

import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.SluiceConfig;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The training job on a cluster inside this process, for one machine.
 *
 * <p>It goes on from the newest checkpoint, so stopping and starting the process is like any other
 * failure: nothing is lost and nothing is learnt twice. Ending the process takes no savepoint; what
 * came after the last checkpoint is learnt again.
 */
public final class LocalTraining {

    private final SluiceConfig config;
    private final TrainingJob.Mode mode;
    private final Consumer<String> say;

    /**
     * A job that has not started.
     *
     * @param say takes what a person should know
     */
    public LocalTraining(SluiceConfig config, TrainingJob.Mode mode, Consumer<String> say) {
        this.config = config;
        this.mode = mode;
        this.say = say;
    }

    /**
     * Runs the job until it ends or the thread is interrupted.
     *
     * @param from {@code newest} checkpoint, {@code nothing}, or the path or URI of a checkpoint or
     *     savepoint
     */
    public void run(String from) throws InterruptedException, ExecutionException {
        CheckpointFolder folder = CheckpointFolder.of(config);
        Optional<String> restore = folder.startingPoint(from);
        Configuration settings = TrainingJob.settings(config, mode);
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.uri());
        StreamExecutionEnvironment environment = TrainingJob.environment(config, mode);
        environment.configure(settings);
        try (LocalCluster cluster = LocalCluster.start(settings, config.train().parallelism())) {
            JobID job = cluster.submit(environment, restore);
            say.accept(
                    "training '%s' from %s; checkpoints go to %s"
                            .formatted(
                                    config.name(),
                                    restore.orElse("the earliest record"),
                                    folder.uri()));
            cluster.await(job);
        }
    }
}
