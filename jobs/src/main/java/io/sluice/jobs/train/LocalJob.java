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
 * A job on a cluster inside this process, for one machine.
 *
 * <p>It goes on from the newest checkpoint, so stopping and starting the process is like any other
 * failure: nothing is lost and nothing is counted twice. Ending the process takes no savepoint;
 * what came after the last checkpoint is done again.
 */
public final class LocalJob {

    private final SluiceConfig config;
    private final String title;
    private final CheckpointFolder folder;
    private final StreamExecutionEnvironment environment;
    private final Configuration settings;
    private final int parallelism;
    private final Consumer<String> say;

    /**
     * A job that has not started.
     *
     * @param title what is done, for a person
     * @param checkpoints name of the job's folder of checkpoints
     * @param environment with the job in it
     * @param settings of the job
     * @param parallelism of the job
     * @param say takes what a person should know
     */
    public LocalJob(
            SluiceConfig config,
            String title,
            String checkpoints,
            StreamExecutionEnvironment environment,
            Configuration settings,
            int parallelism,
            Consumer<String> say) {
        this.config = config;
        this.title = title;
        folder = CheckpointFolder.of(config, checkpoints);
        this.environment = environment;
        this.settings = new Configuration(settings);
        this.parallelism = parallelism;
        this.say = say;
    }

    /**
     * Runs the job until it ends or the thread is interrupted.
     *
     * @param from {@code newest} checkpoint, {@code nothing}, or the path or URI of a checkpoint or
     *     savepoint
     */
    public void run(String from) throws InterruptedException, ExecutionException {
        Optional<String> restore = folder.startingPoint(from);
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.uri());
        environment.configure(settings);
        try (LocalCluster cluster = LocalCluster.start(settings, parallelism)) {
            JobID job = cluster.submit(environment, restore);
            say.accept(
                    "%s '%s' from %s; checkpoints go to %s"
                            .formatted(
                                    title,
                                    config.name(),
                                    restore.orElse("the earliest record"),
                                    folder.uri()));
            cluster.await(job);
        }
    }
}
