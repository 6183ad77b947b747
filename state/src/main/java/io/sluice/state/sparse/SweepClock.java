package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts the examples of a table: whose turn it is to be swept, and how much a sweep may move. */
final class SweepClock {

    private final StoreConfig config;
    private final int shards;
    private final long slice; // examples from one shard's turn to the next one's
    private long examples;
    private long heatedAt;

    SweepClock(StoreLayout layout) {
        config = layout.config;
        shards = layout.shards;
        slice = Math.max(1, layout.period / layout.shards);
    }

    long examples() {
        return examples;
    }

    /** Counts an example, and says whether a shard's turn has come. */
    boolean tick() {
        examples++;
        return examples % slice == 0;
    }

    /** The number of the shard whose turn it is. */
    int turn() {
        return (int) (examples / slice % shards);
    }

    void reheat() {
        heatedAt = examples;
    }

    /** The share of values that a sweep may move now. */
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
