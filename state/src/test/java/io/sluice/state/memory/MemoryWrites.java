package io.sluice.state.memory;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Activations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Labels of users for items, and a memory of users and items that learns them. */
final class MemoryWrites {

    static final long START = 1_700_000_000_000L;
    static final int DIMENSIONS = 4;

    static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));
    static final MemoryConfig CONFIG =
            MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(1 << 12);

    /** One label of a user for an item. */
    record Write(long user, long item, long time, float label, double logit) {}

    private MemoryWrites() {}

    static List<Write> writes(Random random, int count) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int user = 1 + random.nextInt(9);
            writes.add(
                    new Write(
                            user,
                            1000 + random.nextInt(10),
                            START + i * 240_000L,
                            random.nextInt(10) < user ? 1 : 0,
                            random.nextGaussian()));
        }
        return writes;
    }

    static ResidualMemory after(List<Write> writes) {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        writes.forEach(write -> write(memory, write));
        return memory;
    }

    /**
     * As {@link #after}, of predictions in which no memory had a part, so that what a write leaves
     * does not depend on those before it.
     */
    static ResidualMemory afterUnread(List<Write> writes) {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        MemoryReading silent = new MemoryReading();
        for (Write write : writes) {
            double p = Activations.sigmoid(write.logit());
            silent.begin(memory.voices(), write.logit(), p);
            write(memory, write, silent);
        }
        return memory;
    }

    static void write(ResidualMemory memory, Write write) {
        MemoryReading shown = read(memory, write.user(), write.item(), write.time(), write.logit());
        write(memory, write, shown);
    }

    static void write(ResidualMemory memory, Write write, MemoryReading shown) {
        FeatureVector x = vector(write.user(), write.item());
        memory.write(x, null, 0, write.time(), write.label(), 1, shown);
    }

    static MemoryReading read(
            ResidualMemory memory, long user, long item, long time, double logit) {
        MemoryReading reading = new MemoryReading();
        reading.begin(memory.voices(), logit, Activations.sigmoid(logit));
        memory.read(vector(user, item), null, time, reading);
        return reading;
    }

    static FeatureVector vector(long user, long item) {
        return with(with(new FeatureVector(), user, 1), item, 2);
    }

    static FeatureVector with(FeatureVector x, long key, int field) {
        x.add(key, 1, field);
        return x;
    }
}
