package io.sluice.operators.serde;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * How large and how far off an event may be before it is set aside: the section {@code limits} of a
 * configuration.
 *
 * @param recordBytes bytes of a record's value, 1024 to 104857600; a larger one is never parsed
 * @param slateItems items of one impression or rerank request, 1 to 100000; positions are below it
 *     too
 * @param attributes values of one {@code context} or {@code features} object, 1 to 10000
 * @param textLength UTF-16 characters of one text or attribute name, 1 to 1048576
 * @param earliest smallest timestamp, epoch milliseconds, 0 to 4102444800000; the default is
 *     1990-01-01
 * @param aheadMs how far a timestamp may be ahead of the record's own, milliseconds, 0 to
 *     31536000000
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
        Checks.inRange("limits.recordBytes", recordBytes, 1024, 100 << 20);
        Checks.inRange("limits.slateItems", slateItems, 1, 100_000);
        Checks.inRange("limits.attributes", attributes, 1, 10_000);
        Checks.inRange("limits.textLength", textLength, 1, 1 << 20);
        Checks.inRange("limits.earliest", earliest, 0, LATEST);
        Checks.inRange("limits.aheadMs", aheadMs, 0, 31_536_000_000L);
    }

    /** The same for messages of another size. */
    public Limits resized(int bytes, int items) {
        return new Limits(bytes, items, attributes, textLength, earliest, aheadMs);
    }

    /** The largest timestamp, for a record of the given time; negative when it has none. */
    long latest(long recordTimestamp) {
        boolean open = recordTimestamp < 0 || recordTimestamp > LATEST - aheadMs;
        return open ? LATEST : recordTimestamp + aheadMs;
    }
}
