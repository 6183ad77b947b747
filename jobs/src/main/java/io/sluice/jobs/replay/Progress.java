package io.sluice.jobs.replay;

import java.io.PrintWriter;
import java.util.Locale;

/** Says now and then, on long work, how far it is. Short work stays silent. */
final class Progress {

    private static final long EVERY_NANOS = 2_000_000_000L;

    private final PrintWriter err;
    private final String what;
    private final long total;
    private long next = System.nanoTime() + EVERY_NANOS;

    /**
     * Starts the clock.
     *
     * @param total how many there will be, about; 0 when unknown
     */
    Progress(PrintWriter err, String what, long total) {
        this.err = err;
        this.what = what;
        this.total = total;
    }

    /** Says it if enough time has passed. */
    void at(long done) {
        long now = System.nanoTime();
        if (now < next) {
            return;
        }
        next = now + EVERY_NANOS;
        if (total > 0) {
            err.printf(
                    Locale.ROOT,
                    "%s: %,d of %,d (%d %%)%n",
                    what,
                    done,
                    total,
                    Math.min(100, 100 * done / total));
        } else {
            err.printf(Locale.ROOT, "%s: %,d%n", what, done);
        }
        err.flush();
    }
}
