package io.sluice.jobs.quickstart;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.serve.RerankServer;
import io.sluice.jobs.train.TrainingJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * The product in one JVM: a broker, the training job on a Flink cluster, the server. Each on free
 * ports, each the very thing that runs in production.
 */
final class Pipeline implements AutoCloseable {

    private static final long READY_WITHIN_SECONDS = 60;
    private static final long POLL_MS = 50;

    private final SluiceConfig config;
    private final URI server;
    private final Deque<Runnable> parts;

    private Pipeline(SluiceConfig config, URI server, Deque<Runnable> parts) {
        this.config = config;
        this.server = server;
        this.parts = parts;
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @param loader the configuration; addresses and folders are laid over it
     * @param data folder for what the parts keep on disk
     */
    static Pipeline start(ConfigLoader loader, Path data) throws Exception {
        Deque<Runnable> parts = new ArrayDeque<>();
        try {
            EmbeddedKafka broker = EmbeddedKafka.start(data.resolve("kafka"));
            parts.push(broker::close);
            SluiceConfig config = here(loader, broker, data);
            Topics.create(config);
            LocalCluster cluster =
                    LocalCluster.start(flink(config, data), config.train().parallelism());
            parts.push(cluster::close);
            JobID job = cluster.submit(TrainingJob.environment(config, TrainingJob.Mode.UNBOUNDED));
            parts.push(() -> cancel(cluster, job));
            RerankServer server = RerankServer.start(config);
            parts.push(server::close);
            Pipeline pipeline = new Pipeline(config, URI.create(server.url()), parts);
            pipeline.awaitReady(cluster, job);
            return pipeline;
        } catch (Exception e) {
            closeAll(parts, e);
            throw e;
        }
    }

    private static void cancel(LocalCluster cluster, JobID job) {
        try {
            cluster.cancel(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the training job did not stop", e);
        }
    }

    /** What only this run knows goes over whatever was configured. */
    private static SluiceConfig here(ConfigLoader loader, EmbeddedKafka broker, Path data) {
        return loader.set("kafka.bootstrap=" + broker.bootstrap())
                .set("serve.port=0")
                .set("serve.directory='" + data.resolve("serve") + "'")
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

    private void awaitReady(LocalCluster cluster, JobID job) throws Exception {
        ServerFigures figures = new ServerFigures(server);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_WITHIN_SECONDS);
        JobStatus status = cluster.status(job);
        while (status != JobStatus.RUNNING || !figures.ready()) {
            if (status.isGloballyTerminalState()) {
                cluster.await(job);
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException(
                        "not ready within %d s: the training job is %s, the server says %s"
                                .formatted(
                                        READY_WITHIN_SECONDS,
                                        status,
                                        figures.ready() ? "ready" : "not ready"));
            }
            Thread.sleep(POLL_MS);
            status = cluster.status(job);
        }
    }

    /** What it runs with, addresses included. */
    SluiceConfig config() {
        return config;
    }

    /** Where the server listens. */
    URI server() {
        return server;
    }

    /** Stops in reverse order: first who asks, then who answers. */
    @Override
    public void close() {
        RuntimeException faults = new IllegalStateException("the quick start did not stop cleanly");
        closeAll(parts, faults);
        if (faults.getSuppressed().length > 0) {
            throw faults;
        }
    }

    private static void closeAll(Deque<Runnable> parts, Exception faults) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().run();
            } catch (RuntimeException e) {
                faults.addSuppressed(e);
            }
        }
    }
}
