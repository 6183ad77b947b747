package io.sluice.state.sparse;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * How many bytes a model may hold, all in all.
 *
 * @param bytes the limit, 60 KiB to 256 GiB; {@link Long#MAX_VALUE} for none
 */
public record MemoryBudget(long bytes) implements Serializable {

    /** No limit: a table of full rows that grows as keys come. */
    public static final MemoryBudget NONE = new MemoryBudget(Long.MAX_VALUE);

    /** The smallest limit that may be asked for. */
    public static final long LEAST = 1L << 16;

    /** What small things that a model holds beside rows may take of it: a sixteenth. */
    public static final int PART = 16;

    private static final long MOST = 1L << 38;

    public MemoryBudget {
        if (bytes != Long.MAX_VALUE) {
            Checks.inRange("model.memory", bytes, LEAST - LEAST / PART, MOST);
        }
    }

    /** A limit as it is asked for, 64 KiB to 256 GiB. */
    public static MemoryBudget of(long bytes) {
        Checks.inRange("model.memory", bytes, LEAST, MOST);
        return new MemoryBudget(bytes);
    }

    /** Whether so many bytes are little enough to stand beside the rows. */
    public boolean spares(long taken) {
        return taken <= bytes / PART;
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return bytes != Long.MAX_VALUE;
    }

    /** What is left of it beside something that takes so many bytes; no limit stays none. */
    public MemoryBudget without(long taken) {
        return isLimited() ? new MemoryBudget(bytes - taken) : this;
    }

    /** The limit in bytes for a report, which has 0 for none. */
    public long reported() {
        return isLimited() ? bytes : 0;
    }
}
