package io.sluice.jobs.config;

import io.sluice.state.check.Checks;

/**
 * What a record may look like before it becomes a dead letter.
 *
 * @param recordBytes largest record, 1024 to 104857600
 * @param slateItems longest list of one impression, 1 to 100000
 * @param attributes most entries in one bag of attributes, 1 to 10000
 * @param textLength longest id or text in characters, 1 to 1048576
 * @param earliest earliest timestamp that is believed, ms since 1970, 0 to 4102444800000
 * @param aheadMs how far a timestamp may be ahead of the record's arrival, 0 to 31536000000
 */
public record LimitsConfig(
        int recordBytes,
        int slateItems,
        int attributes,
        int textLength,
        long earliest,
        long aheadMs) {

    public LimitsConfig {
        Checks.inRange("limits.recordBytes", recordBytes, 1024, 100 << 20);
        Checks.inRange("limits.slateItems", slateItems, 1, 100_000);
        Checks.inRange("limits.attributes", attributes, 1, 10_000);
        Checks.inRange("limits.textLength", textLength, 1, 1 << 20);
        Checks.inRange("limits.earliest", earliest, 0, 4_102_444_800_000L);
        Checks.inRange("limits.aheadMs", aheadMs, 0, 31_536_000_000L);
    }
}
