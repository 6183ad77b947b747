package io.sluice.jobs.quickstart;

/**
 * What one visit came to. Expected clicks are exact and computed for every arm on the same
 * candidates; clicks are what really happened with the engine's list.
 *
 * @param timeMs when the answer came, milliseconds since the traffic began
 * @param phase which truth held
 * @param clicks on the list that the engine made
 * @param engine expected clicks on that list
 * @param sort expected clicks, ordered by the same model's scores alone
 * @param popularity expected clicks, ordered by popularity
 * @param random expected clicks, shuffled
 * @param oracle expected clicks, ordered by the truth
 */
record VisitOutcome(
        long timeMs,
        Phase phase,
        int clicks,
        double engine,
        double sort,
        double popularity,
        double random,
        double oracle) {}
