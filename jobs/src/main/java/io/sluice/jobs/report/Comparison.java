package io.sluice.jobs.report;

import java.util.List;

/**
 * What a comparison of several arms found.
 *
 * @param report its common part, with the means of all arms
 * @param seeds each arm ran with each of them
 * @param arms in the order of the report
 * @param pairs every arm but the references, against its reference
 */
public record Comparison(
        Report report, List<Long> seeds, List<ComparedArm> arms, List<ComparedPair> pairs) {

    public Comparison {
        seeds = List.copyOf(seeds);
        arms = List.copyOf(arms);
        pairs = List.copyOf(pairs);
    }
}
