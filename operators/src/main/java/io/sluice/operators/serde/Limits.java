package io.sluice.operators.serde;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * How large and how far off an event may be before it is set aside.
 *
 * @param recordBytes bytes of a record's value; a larger one is never parsed
 * @param slateItems items of one impression or rerank request; positions are below it too
 * @param attributes values of one {@code context} or {@code features} object
 * @param textLength UTF-16 characters of one text or attribute name
 * @param earliest smallest timestamp, epoch milliseconds; the default is 1990-01-01
 * @param aheadMs how far a timestamp may be ahead of the record's own, milliseconds
 */
public record Limits(
        int recordBytes,
        int slateItems,
        int attributes,
        int textLength,
        long earliest,
        long aheadMs)
        implements Serializable {

    /** The values of {@code config/reference.yaml}. */
    public static final Limits DEFAULT =
            new Limits(1_048_576, 1000, 200, 4096, 631_152_000_000L, 3_600_000);

    /**
     * No event is later than 2100-01-01, whatever its record says: a single one in the far future
     * would move the watermark past all others.
     */
    static final long LATEST = 4_102_444_800_000L;

    public Limits {
        Checks.positive("limits.recordBytes", recordBytes);
        Checks.positive("limits.slateItems", slateItems);
        Checks.positive("limits.attributes", attributes);
        Checks.positive("limits.textLength", textLength);
        Checks.inRange("limits.earliest", earliest, 0, LATEST);
        Checks.notNegative("limits.aheadMs", aheadMs);
    }

    /** The largest timestamp, for a record of the given time; negative when it has none. */
    long latest(long recordTimestamp) {
        boolean open = recordTimestamp < 0 || recordTimestamp > LATEST - aheadMs;
        return open ? LATEST : recordTimestamp + aheadMs;
    }
}
