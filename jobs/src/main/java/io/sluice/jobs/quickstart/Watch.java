package io.sluice.jobs.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Follows the traffic to its end, window by window, and shows each as it closes. */
final class Watch {

    /** How long readers may take for their last page. */
    private static final long LAST_PAGE_MS = 15_000;

    private final Readers readers;
    private final Traffic traffic;
    private final VisitLog log;
    private final FreshnessProbe freshness;
    private final int shown;
    private final LiveTable table;

    Watch(
            Readers readers,
            Traffic traffic,
            VisitLog log,
            FreshnessProbe freshness,
            int shown,
            LiveTable table) {
        this.readers = readers;
        this.traffic = traffic;
        this.log = log;
        this.freshness = freshness;
        this.shown = shown;
        this.table = table;
    }

    /**
     * Waits for the end of the traffic.
     *
     * @return the windows, in order
     * @throws IOException when a request failed or the readers don't come to an end
     */
    List<Window> follow() throws IOException, InterruptedException {
        table.head(traffic);
        List<Window> windows = new ArrayList<>();
        long from = 0;
        for (long to : traffic.windowEndsMs()) {
            readers.await(Math.max(0, readers.startMs() + to - System.currentTimeMillis()));
            if (to == traffic.endMs() && !readers.await(LAST_PAGE_MS)) {
                throw new IOException(
                        "readers still wait for an answer %d ms after the end of the traffic"
                                .formatted(LAST_PAGE_MS));
            }
            Window window = window(from, to);
            windows.add(window);
            table.row(window, log.size());
            if (to == traffic.driftMs()) {
                table.drift();
            }
            from = to;
        }
        return windows;
    }

    private Window window(long fromMs, long toMs) {
        Reply latest = readers.latest();
        return new Window(
                fromMs,
                toMs,
                Rates.of(log.between(fromMs, toMs), shown),
                freshness.between(readers.startMs() + fromMs, readers.startMs() + toMs),
                latest == null ? "" : latest.version());
    }
}
