package io.sluice.state.sparse;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of the budgeted store. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param values how embedding values are stored
 * @param floatShare share of the bytes for rows that are touched most and stand as floats, 0 to
 *     0.5; 0 for none, otherwise one for each page at least
 * @param warmStart share of the mean embedding of its field that a new row begins with, 0 to 1; 0
 *     for none
 * @param entryDimensions first dimensions that a new row holds where something has to go for it, 0
 *     to 256; the next block boundary counts
 * @param halfLifeEvents examples after which importance has faded to a half, 1000 to 10¹²; longer
 *     where many rows fit
 * @param sweepEvents examples between two sweeps of the same row, 64 to 10⁹; longer where there are
 *     more rows than that
 * @param expireEvents examples after which an untouched row goes even where there is room, up to
 *     10¹⁵; 0 for never
 * @param blockWorth what the squared length of an embedding block counts against a row of one's
 *     own, (0, 10⁶]
 * @param hysteresis how many times more a new block must promise than what is dropped for it, [1,
 *     100]
 * @param protectTouches touches during which a row whose width has changed keeps it, 0 to 15
 * @param moveShare largest share of the rows that grow in one sweep after the start or a drift, [0,
 *     1]; 0: rows never grow
 * @param moveFloor what that share falls to, [0, 1]
 * @param coolEvents examples over which it falls, at least 1
 */
public record StoreConfig(
        ValueFormat values,
        double floatShare,
        double warmStart,
        int entryDimensions,
        long halfLifeEvents,
        long sweepEvents,
        long expireEvents,
        double blockWorth,
        double hysteresis,
        int protectTouches,
        double moveShare,
        double moveFloor,
        long coolEvents)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final StoreConfig DEFAULT =
            new StoreConfig(
                    ValueFormat.INT8,
                    0.05,
                    0.5,
                    8,
                    10_000,
                    2_000,
                    0,
                    1000,
                    1.25,
                    15,
                    0,
                    0,
                    1_000_000);

    public StoreConfig {
        Checks.notNull("model.store.values", values);
        Checks.inRange("model.store.floatShare", floatShare, 0, 0.5);
        Checks.inRange("model.store.warmStart", warmStart, 0, 1);
        Checks.inRange("model.store.entryDimensions", entryDimensions, 0, 256);
        Checks.inRange("model.store.halfLifeEvents", halfLifeEvents, 1000, 1_000_000_000_000L);
        Checks.inRange("model.store.sweepEvents", sweepEvents, 64, 1_000_000_000L);
        Checks.inRange("model.store.expireEvents", expireEvents, 0, 1_000_000_000_000_000L);
        Checks.above("model.store.blockWorth", blockWorth, 0, 1_000_000);
        Checks.inRange("model.store.hysteresis", hysteresis, 1, 100);
        Checks.inRange("model.store.protectTouches", protectTouches, 0, RowMarks.MOST);
        Checks.inRange("model.store.moveShare", moveShare, 0, 1);
        Checks.inRange("model.store.moveFloor", moveFloor, 0, 1);
        Checks.inRange("model.store.coolEvents", coolEvents, 1, 1_000_000_000_000L);
    }

    /** The same settings with values stored in another format. */
    public StoreConfig with(ValueFormat format) {
        return with(format, floatShare, warmStart);
    }

    /** The same settings with another format, and other shares of floats and of means. */
    public StoreConfig with(ValueFormat format, double floatShare, double warmStart) {
        return new StoreConfig(
                format,
                floatShare,
                warmStart,
                entryDimensions,
                halfLifeEvents,
                sweepEvents,
                expireEvents,
                blockWorth,
                hysteresis,
                protectTouches,
                moveShare,
                moveFloor,
                coolEvents);
    }
}
