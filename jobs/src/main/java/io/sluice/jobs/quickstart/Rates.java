package io.sluice.jobs.quickstart;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Click rates of a stretch of time: clicks per shown item.
 *
 * @param visits how many visits
 * @param realised the engine's, from clicks that happened
 * @param engine the engine's, expected
 * @param sort the same model's scores alone, expected
 * @param popularity expected
 * @param random expected
 * @param oracle expected
 */
record Rates(
        int visits,
        double realised,
        double engine,
        double sort,
        double popularity,
        double random,
        double oracle) {

    /**
     * The rates over some visits; NaN without any.
     *
     * @param shown items in each list
     */
    static Rates of(Collection<VisitOutcome> visits, int shown) {
        return new Rates(
                visits.size(),
                mean(visits, shown, VisitOutcome::clicks),
                mean(visits, shown, VisitOutcome::engine),
                mean(visits, shown, VisitOutcome::sort),
                mean(visits, shown, VisitOutcome::popularity),
                mean(visits, shown, VisitOutcome::random),
                mean(visits, shown, VisitOutcome::oracle));
    }

    private static double mean(
            Collection<VisitOutcome> visits, int shown, ToDoubleFunction<VisitOutcome> clicks) {
        return visits.stream().mapToDouble(clicks).sum() / visits.size() / shown;
    }

    /** How much of what can be had the engine gets: its expected rate over the oracle's. */
    double shareOfOracle() {
        return engine / oracle;
    }
}
