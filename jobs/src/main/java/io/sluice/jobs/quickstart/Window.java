package io.sluice.jobs.quickstart;

/**
 * A few seconds of the run, as shown while it runs.
 *
 * @param fromMs begin, milliseconds since the traffic began
 * @param toMs end, exclusive
 * @param rates click rates of the visits that came within
 * @param freshness of the clicks that were seen in a served model within
 * @param modelVersion of the latest answer; empty when there was none
 */
record Window(long fromMs, long toMs, Rates rates, Percentiles freshness, String modelVersion) {}
