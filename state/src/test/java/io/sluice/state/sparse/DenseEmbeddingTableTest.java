package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DenseEmbeddingTableTest {

    private static final RowInitializer FIRST_IS_KEY =
            (key, arena, from, width) -> arena[from] = key;

    @RepeatedTest(5)
    void behavesAsAMapUnderRandomUse(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        DenseEmbeddingTable table = new DenseEmbeddingTable(3, FIRST_IS_KEY);
        Map<Long, Float> twin = new HashMap<>();
        Set<Long> changed = new LinkedHashSet<>();

        for (int step = 0; step < 20_000; step++) {
            // Keys that share their low bits make long probe runs.
            long key = (1 + random.nextInt(3_000)) * (random.nextBoolean() ? 1L : 1L << 32);
            switch (random.nextInt(4)) {
                case 0 -> {
                    boolean there = twin.containsKey(key);
                    assertThat(table.find(key) >= 0).as("seed %d", seed).isEqualTo(there);
                }
                case 1 -> {
                    int slot = table.findOrCreate(key);
                    twin.putIfAbsent(key, (float) key);
                    assertThat(table.key(slot)).isEqualTo(key);
                }
                default -> {
                    int slot = table.findOrCreate(key);
                    float value = random.nextFloat();
                    learn(table, key, value);
                    assertThat(table.find(key)).isEqualTo(slot);
                    twin.put(key, value);
                    changed.add(key);
                }
            }
        }

        assertThat(table.size()).isEqualTo(twin.size());
        twin.forEach(
                (key, value) ->
                        assertThat(first(table, key))
                                .as("seed %d, key %d", seed, key)
                                .isEqualTo(value));
        assertThat(drained(table)).containsExactlyElementsOf(changed);
    }

    private static void learn(DenseEmbeddingTable table, long key, float value) {
        table.begin(1);
        boolean known = table.open(0, key, 1);
        assertThat(table.claim(0, key, 1, 1)).isEqualTo(!known);
        table.values()[table.position(0)] = value;
        table.commit(1);
    }

    private static float first(DenseEmbeddingTable table, long key) {
        float[] row = new float[table.rowLength()];
        assertThat(table.read(key, 1, row)).isEqualTo(row.length - 1);
        return row[0];
    }

    private static List<Long> drained(DenseEmbeddingTable table) {
        List<Long> keys = new ArrayList<>();
        table.drainChanged(new KeySink(keys));
        return keys;
    }

    /** Takes the keys of changed rows; a dense table removes none. */
    private record KeySink(List<Long> keys) implements EmbeddingTable.Sink {

        @Override
        public void restarted() {
            throw new AssertionError("restarted");
        }

        @Override
        public void removed(long key) {
            throw new AssertionError("removed " + key);
        }

        @Override
        public void changed(long key, float[] values, int from, int width) {
            keys.add(key);
        }
    }

    @Test
    void drainingTwiceGivesNothingNew() {
        DenseEmbeddingTable table = new DenseEmbeddingTable(1, FIRST_IS_KEY);
        learn(table, 7, 1);
        assertThat(drained(table)).containsExactly(7L);

        assertThat(drained(table)).isEmpty();
    }

    @Test
    void bytesCountEveryArray() {
        DenseEmbeddingTable table = new DenseEmbeddingTable(1, FIRST_IS_KEY);

        // 64 rows: index 128 ints, 64 keys, 64 * 4 floats, 1 word of bits, 64 ints of changes.
        assertThat(table.bytes()).isEqualTo(4 * 128 + 8 * 64 + 4 * 64 * 4 + 8 + 4 * 64);
    }

    @Test
    void refusesTheReservedKey() {
        DenseEmbeddingTable table = new DenseEmbeddingTable(1, FIRST_IS_KEY);

        assertThatThrownBy(() -> table.findOrCreate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key 0");
    }
}
