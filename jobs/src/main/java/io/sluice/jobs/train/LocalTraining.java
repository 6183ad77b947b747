package io.sluice.jobs.train;

import io.sluice.jobs.config.SluiceConfig;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The training job on a cluster inside this process; see {@link LocalJob}. */
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
        new LocalJob(
                        config,
                        "training",
                        config.name(),
                        TrainingJob.environment(config, mode),
                        TrainingJob.settings(config, mode),
                        config.train().parallelism(),
                        say)
                .run(from);
    }
}
