package io.sluice.jobs.config;

import io.sluice.state.check.Checks;

/**
 * The rerank job.
 *
 * @param parallelism tasks that answer, 1 to 4096
 * @param inFlight requests of each task that wait for an event time at once, 1 to 100000
 * @param directory where each process keeps its view on disk
 * @param readyWaitMs how long a task that starts waits for its view, 0 to 600000
 */
public record RerankConfig(int parallelism, int inFlight, String directory, long readyWaitMs) {

    public RerankConfig {
        Checks.inRange("rerank.parallelism", parallelism, 1, 4096);
        Checks.inRange("rerank.inFlight", inFlight, 1, 100_000);
        Checks.notBlank("rerank.directory", directory);
        Checks.inRange("rerank.readyWaitMs", readyWaitMs, 0, 600_000);
    }
}
