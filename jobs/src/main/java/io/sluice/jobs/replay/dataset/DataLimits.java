package io.sluice.jobs.replay.dataset;

import io.sluice.state.check.Checks;

/**
 * What a row may be at most; the same rules as for records of a topic.
 *
 * @param earliest first acceptable timestamp, epoch milliseconds
 * @param latest last acceptable timestamp, epoch milliseconds
 * @param rowBytes longest acceptable row, bytes
 * @param slateItems most items of a slate
 * @param attributes most attributes of one kind
 * @param textLength longest acceptable id or text, UTF-16 units
 * @param repeatMs see {@code examples.repeatMs}
 */
public record DataLimits(
        long earliest,
        long latest,
        int rowBytes,
        int slateItems,
        int attributes,
        int textLength,
        long repeatMs) {

    public DataLimits {
        Checks.that(earliest <= latest, "limits.earliest", "at most " + latest, earliest);
        Checks.positive("limits.recordBytes", rowBytes);
        Checks.positive("limits.slateItems", slateItems);
        Checks.positive("limits.attributes", attributes);
        Checks.positive("limits.textLength", textLength);
        Checks.notNegative("examples.repeatMs", repeatMs);
    }
}
