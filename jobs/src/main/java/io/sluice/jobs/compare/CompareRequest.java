package io.sluice.jobs.compare;

import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.state.check.Checks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks of a comparison, as it was written.
 *
 * @param stream what all arms have in common: data, configuration, limit, files
 * @param armsFile YAML file of arms; empty: none
 * @param arms {@code name:key=value,key=value}
 * @param budgets sizes such as {@code 1MiB}; each arm runs with each of them; empty: arms run as
 *     they are
 * @param budgetKey the key that a budget is written to
 * @param seeds each arm runs with each of them; empty: the seed of the configuration
 * @param tune {@code key=value,value} or {@code arm:key=value,value}: chosen on the beginning
 * @param tunePart how long that is, a share of the stream, (0, 1]
 * @param reference the arm that the others are held against; empty: the first
 */
public record CompareRequest(
        ReplayRequest stream,
        Optional<Path> armsFile,
        List<String> arms,
        List<String> budgets,
        String budgetKey,
        List<Long> seeds,
        List<String> tune,
        double tunePart,
        Optional<String> reference) {

    public CompareRequest {
        arms = List.copyOf(arms);
        budgets = List.copyOf(budgets);
        seeds = List.copyOf(seeds);
        tune = List.copyOf(tune);
        Checks.above("--tune-part", tunePart, 0, 1);
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new IllegalArgumentException("--seeds must be different, found " + seeds);
        }
    }
}
