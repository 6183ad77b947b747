package io.sluice.jobs.config;

import io.sluice.state.check.Checks;

/**
 * Progressive validation.
 *
 * @param windowExamples length of a window in examples, 1 to 10000000
 * @param detail what goes to the scores topic
 */
public record ScoresConfig(int windowExamples, Detail detail) {

    public ScoresConfig {
        Checks.inRange("scores.windowExamples", windowExamples, 1, 10_000_000);
    }

    /** What goes to the scores topic. */
    public enum Detail {
        /** One record per window. */
        WINDOWS,
        /** One record per judged example as well. */
        EXAMPLES
    }
}
