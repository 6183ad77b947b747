package io.sluice.jobs.bench;

/**
 * How soon a click shows.
 *
 * @param clicks how many were sent
 * @param unseen of those, how many never changed a score while somebody looked
 * @param untrue replies that claimed an event time past a click and did not show it
 * @param changed from the click's record to the first reply with a changed score
 * @param reflected from the click's record to the first reply whose model reflects its time
 */
record Freshness(int clicks, int unseen, int untrue, Latencies changed, Latencies reflected) {}
