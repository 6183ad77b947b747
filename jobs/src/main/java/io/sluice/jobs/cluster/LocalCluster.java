package io.sluice.jobs.cluster;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink's mini-cluster on free ports, and the few things we ask of it.
 *
 * <p>Closing it without {@link #stop} is a crash as far as the job is concerned: what was not
 * checkpointed is gone.
 */
public final class LocalCluster implements AutoCloseable {

    private final MiniCluster cluster;

    private LocalCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts one TaskManager.
     *
     * @param settings of the cluster; ports and managed memory are set here
     * @param slots the highest parallelism that fits
     * @throws IllegalStateException when it does not start
     */
    public static LocalCluster start(Configuration settings, int slots) {
        Configuration own = new Configuration(settings);
        own.set(RestOptions.BIND_PORT, "0");
        own.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        own.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        own.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(own)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .withRandomPorts()
                                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            throw new IllegalStateException("the local Flink cluster did not start", e);
        }
        return new LocalCluster(cluster);
    }

    /** Submits a job from the beginning. */
    public JobID submit(StreamExecutionEnvironment environment)
            throws InterruptedException, ExecutionException {
        return submit(environment, Optional.empty());
    }

    /**
     * Submits a job.
     *
     * @param restore path or URI of a checkpoint or savepoint to start from
     */
    public JobID submit(StreamExecutionEnvironment environment, Optional<String> restore)
            throws InterruptedException, ExecutionException {
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        restore.ifPresent(
                path ->
                        graph.setSavepointRestoreSettings(
                                SavepointRestoreSettings.forPath(path, false)));
        return cluster.submitJob(graph).get().getJobID();
    }

    /** Waits for the end of a bounded job; fails with the job's own error. */
    public void await(JobID job) throws InterruptedException, ExecutionException {
        JobResult result = cluster.requestJobResult(job).get();
        if (result.getSerializedThrowable().isPresent()) {
            throw new IllegalStateException(
                    "the job failed", result.getSerializedThrowable().get());
        }
    }

    /** The state of a job. */
    public JobStatus status(JobID job) throws InterruptedException, ExecutionException {
        return cluster.getJobStatus(job).get();
    }

    /**
     * Stops a job with a savepoint.
     *
     * @param directory where it goes, a URI
     * @return the savepoint's own URI
     */
    public String stop(JobID job, String directory)
            throws InterruptedException, ExecutionException {
        return cluster.stopWithSavepoint(job, directory, false, SavepointFormatType.CANONICAL)
                .get();
    }

    /** Cancels a job and waits until it has ended. */
    public void cancel(JobID job) throws InterruptedException, ExecutionException {
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } catch (Exception e) {
            throw new IllegalStateException("the local Flink cluster did not stop cleanly", e);
        }
    }
}
