package io.sluice.jobs.replay;

import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.train.TrainingJob;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;

/** The training job on a mini-cluster of its own, until the topics are read to their ends. */
final class TrainingRun implements AutoCloseable {

    private static final long LOOK_AGAIN_MS = 200;

    private final LocalCluster cluster;
    private final JobID job;

    private TrainingRun(LocalCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /**
     * Starts cluster and job.
     *
     * @param restore a checkpoint to go on from
     */
    static TrainingRun start(SluiceConfig config, Optional<String> restore) throws IOException {
        LocalCluster cluster =
                LocalCluster.start(
                        TrainingJob.settings(config, TrainingJob.Mode.BOUNDED),
                        config.train().parallelism());
        try {
            JobID job =
                    cluster.submit(
                            TrainingJob.environment(config, TrainingJob.Mode.BOUNDED), restore);
            return new TrainingRun(cluster, job);
        } catch (ExecutionException e) {
            cluster.close();
            throw new IOException("the training job was not taken", e.getCause());
        } catch (InterruptedException e) {
            cluster.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the training job started", e);
        }
    }

    /** Whether it has neither ended nor failed. */
    boolean isRunning() throws IOException {
        try {
            return !cluster.status(job).isGloballyTerminalState();
        } catch (ExecutionException e) {
            throw new IOException("the cluster does not answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the training job ran", e);
        }
    }

    /** Waits for the end; fails with what the job failed with. */
    void await(Runnable meanwhile) throws IOException {
        try {
            while (isRunning()) {
                meanwhile.run();
                Thread.sleep(LOOK_AGAIN_MS);
            }
            cluster.await(job);
        } catch (ExecutionException | IllegalStateException e) {
            throw new IOException("the training job failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the training job ran", e);
        }
    }

    /** Ends the cluster, and a job that still runs with it, as a crash would. */
    @Override
    public void close() {
        cluster.close();
    }
}
