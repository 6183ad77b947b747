package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts the examples of a table: which pages are swept, and how much a sweep may move. */
final class SweepClock {

    private final StoreConfig config;
    private final long pages;
    private final long period;
    private long examples;
    private long heatedAt;

    SweepClock(StoreLayout layout) {
        config = layout.config;
        pages = layout.pages;
        period = layout.period;
    }

    long examples() {
        return examples;
    }

    /** Counts an example. */
    void tick() {
        examples++;
    }

    /** The first page that is swept after this example; each has its turn once in a period. */
    int from() {
        return (int) ((examples - 1) % period * pages / period);
    }

    /** The first page behind {@link #from} that is not swept. */
    int to() {
        return (int) (((examples - 1) % period + 1) * pages / period);
    }

    void reheat() {
        heatedAt = examples;
    }

    /** The share of rows that a sweep may widen now. */
    double moveShare() {
        double cooled = Math.min(1, (double) (examples - heatedAt) / config.coolEvents());
        double warmth = 0.5 * (1 + StrictMath.cos(Math.PI * cooled));
        double floor = Math.min(config.moveFloor(), config.moveShare());
        return floor + (config.moveShare() - floor) * warmth;
    }

    void clear() {
        examples = 0;
        heatedAt = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(examples);
        out.writeLong(heatedAt);
    }

    void read(DataInput in) throws IOException {
        examples = in.readLong();
        heatedAt = in.readLong();
    }
}
