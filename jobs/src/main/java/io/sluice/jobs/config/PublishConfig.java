package io.sluice.jobs.config;

import io.sluice.state.check.Checks;

/**
 * From training to serving.
 *
 * @param intervalMs time between publications of what changed, 10 to 600000
 */
public record PublishConfig(long intervalMs) {

    public PublishConfig {
        Checks.inRange("publish.intervalMs", intervalMs, 10, 600_000);
    }
}
