package io.sluice.jobs.config;

import io.sluice.state.check.Checks;

/**
 * The server.
 *
 * @param host where to listen
 * @param port where to listen, 0 to 65535; 0: any free port
 * @param directory where the model is kept on disk
 * @param hotRows rows kept in memory, 0 to 100000000
 * @param hotEntities records of each scope and of the catalogue kept in memory, 0 to 100000000
 * @param exploration share of lists that come in a random order, 0 to 1
 * @param maxBodyBytes largest request body, 1024 to 104857600
 * @param maxItems most candidates in one request, 1 to 100000
 * @param threads threads that answer, 1 to 1000
 * @param maxConcurrent requests being worked on at once, 1 to 100000
 * @param maxWaitMs how long a request may wait for an event time, 0 to 20000
 * @param drainMs how long a stopping server goes on, 0 to 600000
 * @param readyMaxLagMs how far the view may be behind and the server still be ready, 0 to 86400000
 */
public record ServeConfig(
        String host,
        int port,
        String directory,
        int hotRows,
        int hotEntities,
        double exploration,
        int maxBodyBytes,
        int maxItems,
        int threads,
        int maxConcurrent,
        long maxWaitMs,
        long drainMs,
        long readyMaxLagMs) {

    public ServeConfig {
        Checks.notBlank("serve.host", host);
        Checks.inRange("serve.port", port, 0, 65_535);
        Checks.notBlank("serve.directory", directory);
        Checks.inRange("serve.hotRows", hotRows, 0, 100_000_000);
        Checks.inRange("serve.hotEntities", hotEntities, 0, 100_000_000);
        Checks.inRange("serve.exploration", exploration, 0, 1);
        Checks.inRange("serve.maxBodyBytes", maxBodyBytes, 1024, 100 << 20);
        Checks.inRange("serve.maxItems", maxItems, 1, 100_000);
        Checks.inRange("serve.threads", threads, 1, 1000);
        Checks.inRange("serve.maxConcurrent", maxConcurrent, 1, 100_000);
        Checks.inRange("serve.maxWaitMs", maxWaitMs, 0, 20_000);
        Checks.inRange("serve.drainMs", drainMs, 0, 600_000);
        Checks.inRange("serve.readyMaxLagMs", readyMaxLagMs, 0, 86_400_000);
    }
}
