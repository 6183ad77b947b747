package io.sluice.state.sparse;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * How many bytes a model may hold, all in all.
 *
 * @param bytes the limit, 64 KiB to 256 GiB; {@link Long#MAX_VALUE} for none
 */
public record MemoryBudget(long bytes) implements Serializable {

    /** No limit: a table of full rows that grows as keys come. */
    public static final MemoryBudget NONE = new MemoryBudget(Long.MAX_VALUE);

    /** The smallest limit. */
    public static final long LEAST = 1L << 16;

    public MemoryBudget {
        if (bytes != Long.MAX_VALUE) {
            Checks.inRange("model.memory", bytes, LEAST, 1L << 38);
        }
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
