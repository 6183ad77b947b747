package io.sluice.jobs.config;

import io.sluice.state.check.Checks;
import java.util.OptionalDouble;

/**
 * Where training examples come from.
 *
 * @param source which topics
 * @param labelThreshold interactions without a label are positives from this value on; empty: they
 *     can't be used
 * @param repeatMs how long an interaction with a request id is remembered, event time, 0 to
 *     2592000000; 0: repetitions are not looked for
 * @param ordered for files of interactions: whether rows of equal time follow one another in the
 *     order of the file, each a millisecond behind the one before
 * @param delayMs for replays of interactions: how long after an event its label becomes known,
 *     event time, 0 to 2592000000
 * @param positiveDelayMs for such replays: mean of the time after which a positive becomes known,
 *     event time, 0 to 2592000000; 0: it is {@code delayMs}
 * @param negatives for replays of interactions: items drawn as negatives of each positive, 0 to 100
 */
public record ExamplesConfig(
        Source source,
        OptionalDouble labelThreshold,
        long repeatMs,
        boolean ordered,
        long delayMs,
        long positiveDelayMs,
        int negatives) {

    public ExamplesConfig {
        if (labelThreshold.isPresent()) {
            Checks.finite("examples.labelThreshold", labelThreshold.getAsDouble());
        }
        Checks.inRange("examples.repeatMs", repeatMs, 0, 2_592_000_000L);
        Checks.inRange("examples.delayMs", delayMs, 0, 2_592_000_000L);
        Checks.inRange("examples.positiveDelayMs", positiveDelayMs, 0, 2_592_000_000L);
        Checks.that(
                positiveDelayMs == 0 || delayMs > 0,
                "examples.positiveDelayMs",
                "0 where examples.delayMs is 0",
                positiveDelayMs);
        Checks.inRange("examples.negatives", negatives, 0, 100);
    }

    /** Which topics examples are made from. */
    public enum Source {
        /** Impressions joined with feedback. */
        IMPRESSIONS,
        /** Interactions, which are labelled already. */
        INTERACTIONS
    }
}
