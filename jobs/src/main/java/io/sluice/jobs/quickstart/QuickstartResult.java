package io.sluice.jobs.quickstart;

import io.sluice.jobs.config.SluiceConfig;
import java.util.List;
import java.util.Map;

/**
 * All that a run found.
 *
 * @param config what was run
 * @param size of the world
 * @param traffic of the readers
 * @param rates by part of the run
 * @param windows the lines of the live table
 * @param verdict what it shows
 * @param freshness of all clicks
 * @param counts what went in and came out
 * @param startupSeconds from the start of the JVM to the first answer
 * @param seconds from the start of the JVM to the end of the traffic and its learning
 * @param peakBytes most memory of the process
 */
record QuickstartResult(
        SluiceConfig config,
        WorldSize size,
        Traffic traffic,
        Map<Stretch, Rates> rates,
        List<Window> windows,
        Verdict verdict,
        Percentiles freshness,
        Counts counts,
        double startupSeconds,
        double seconds,
        long peakBytes) {}
