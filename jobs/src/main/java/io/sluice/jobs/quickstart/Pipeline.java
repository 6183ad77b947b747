package io.sluice.jobs.quickstart;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.features.FeatureJob;
import io.sluice.jobs.lifecycle.Owned;
import io.sluice.jobs.rerank.RerankJob;
import io.sluice.jobs.train.TrainingJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a server stands on, in one JVM: a broker and the jobs on a Flink cluster. Each on free
 * ports, each the very thing that runs in production.
 */
public final class Pipeline implements AutoCloseable {

    private static final long RUNNING_WITHIN_SECONDS = 60;
    private static final long POLL_MS = 50;

    private final SluiceConfig config;
    private final Owned parts;
    private final LocalCluster cluster;
    private final List<JobID> jobs;
    private final Runnable stopLearning;

    private Pipeline(
            SluiceConfig config,
            Owned parts,
            LocalCluster cluster,
            List<JobID> jobs,
            Runnable stopLearning) {
        this.config = config;
        this.parts = parts;
        this.cluster = cluster;
        this.jobs = jobs;
        this.stopLearning = stopLearning;
    }

    /**
     * Starts everything; {@link #awaitRunning} waits for the jobs.
     *
     * @param loader the configuration; addresses and folders are laid over it
     * @param data folder for what the parts keep on disk
     * @param reranks whether the rerank job runs, too
     */
    public static Pipeline start(ConfigLoader loader, Path data, boolean reranks) throws Exception {
        Owned parts = new Owned("the pipeline");
        try {
            EmbeddedKafka broker = parts.own(EmbeddedKafka.start(data.resolve("kafka")));
            SluiceConfig config = here(loader, broker, data);
            Topics.create(config);
            List<StreamExecutionEnvironment> jobs = jobs(config, reranks);
            LocalCluster cluster =
                    LocalCluster.start(
                            flink(config, data),
                            jobs.size()
                                    * Math.max(
                                            config.train().parallelism(),
                                            config.rerank().parallelism()));
            parts.own(cluster);
            List<JobID> running = new ArrayList<>();
            for (StreamExecutionEnvironment job : jobs) {
                running.add(cluster.submit(job));
            }
            List<JobID> learning = running.subList(0, running.size() - (reranks ? 1 : 0));
            List<JobID> answering = running.subList(learning.size(), running.size());
            Runnable stopLearning = once(() -> learning.forEach(job -> cancel(cluster, job)));
            parts.own(stopLearning::run);
            parts.own(() -> answering.forEach(job -> cancel(cluster, job)));
            return new Pipeline(config, parts, cluster, running, stopLearning);
        } catch (Exception e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    /**
     * Training, the features job where there is something for it to do, at last the second door.
     */
    private static List<StreamExecutionEnvironment> jobs(SluiceConfig config, boolean reranks) {
        List<StreamExecutionEnvironment> jobs = new ArrayList<>();
        jobs.add(TrainingJob.environment(config, TrainingJob.Mode.UNBOUNDED));
        if (!config.streaming().features().isEmpty()) {
            jobs.add(FeatureJob.environment(config, TrainingJob.Mode.UNBOUNDED));
        }
        if (reranks) {
            jobs.add(RerankJob.environment(config));
        }
        return jobs;
    }

    private static Runnable once(Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) {
                what.run();
            }
        };
    }

    private static void cancel(LocalCluster cluster, JobID job) {
        try {
            cluster.cancel(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a job did not stop", e);
        }
    }

    /** What only this run knows goes over whatever was configured. */
    private static SluiceConfig here(ConfigLoader loader, EmbeddedKafka broker, Path data) {
        return loader.set("kafka.bootstrap=" + broker.bootstrap())
                .set("serve.port=0")
                .set("serve.directory='" + data.resolve("serve") + "'")
                .set("rerank.directory='" + data.resolve("rerank") + "'")
                .set("train.checkpointDir='" + data.resolve("checkpoints").toUri() + "'")
                .load();
    }

    /** Everything that Flink keeps on disk goes where it is cleared away. */
    private static Configuration flink(SluiceConfig config, Path data) {
        Configuration flink = TrainingJob.settings(config, TrainingJob.Mode.UNBOUNDED);
        String folder = data.resolve("flink").toString();
        flink.set(CoreOptions.TMP_DIRS, folder);
        flink.set(WebOptions.TMP_DIR, folder);
        flink.set(WebOptions.UPLOAD_DIR, folder);
        return flink;
    }

    /**
     * Waits until all jobs run.
     *
     * @throws IOException when they don't within a minute
     */
    public void awaitRunning() throws IOException, InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RUNNING_WITHIN_SECONDS);
        while (!areRunning()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(
                        "not all jobs run within %d s".formatted(RUNNING_WITHIN_SECONDS));
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** Whether all jobs run; fails with the error of one that has ended. */
    private boolean areRunning() throws InterruptedException, ExecutionException {
        boolean all = true;
        for (JobID job : jobs) {
            JobStatus status = cluster.status(job);
            if (status.isGloballyTerminalState()) {
                cluster.await(job);
            }
            all &= status == JobStatus.RUNNING;
        }
        return all;
    }

    /** What it runs with, addresses included. */
    public SluiceConfig config() {
        return config;
    }

    /** Ends the jobs that learn; broker and rerank job go on. */
    public void stopLearning() {
        stopLearning.run();
    }

    /** Stops in reverse order: first the jobs, then the broker. */
    @Override
    public void close() {
        parts.close();
    }
}
