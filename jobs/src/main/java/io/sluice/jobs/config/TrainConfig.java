package io.sluice.jobs.config;

import io.sluice.operators.train.LearnConfig;
import io.sluice.state.check.Checks;
import java.util.Optional;

/**
 * The training job.
 *
 * @param order in which order examples are learnt
 * @param outOfOrdernessMs how late events may come and still be put in order, 0 to 3600000
 * @param idleMs a partition that is silent for this long holds nobody back, 0 to 3600000; 0: it
 *     always does
 * @param watermarkIntervalMs how often event time moves on, 1 to 10000
 * @param parallelism tasks that parse, join and encode, 1 to 4096
 * @param maxParallelism largest parallelism to rescale to, 1 to 32768
 * @param checkpointIntervalMs time between checkpoints, 100 to 3600000
 * @param checkpointDir URI or path of the checkpoints; empty: what the cluster is configured with
 * @param transactionTimeoutMs how long a transaction may stay open, 10000 to 900000
 */
public record TrainConfig(
        LearnConfig.Order order,
        long outOfOrdernessMs,
        long idleMs,
        long watermarkIntervalMs,
        int parallelism,
        int maxParallelism,
        long checkpointIntervalMs,
        Optional<String> checkpointDir,
        int transactionTimeoutMs) {

    public TrainConfig {
        Checks.inRange("train.outOfOrdernessMs", outOfOrdernessMs, 0, 3_600_000);
        Checks.inRange("train.idleMs", idleMs, 0, 3_600_000);
        Checks.inRange("train.watermarkIntervalMs", watermarkIntervalMs, 1, 10_000);
        Checks.inRange("train.parallelism", parallelism, 1, 4096);
        Checks.inRange("train.maxParallelism", maxParallelism, 1, 32_768);
        Checks.inRange("train.checkpointIntervalMs", checkpointIntervalMs, 100, 3_600_000);
        if (checkpointDir.isPresent()) {
            Checks.notBlank("train.checkpointDir", checkpointDir.get());
        }
        Checks.inRange("train.transactionTimeoutMs", transactionTimeoutMs, 10_000, 900_000);
    }
}
