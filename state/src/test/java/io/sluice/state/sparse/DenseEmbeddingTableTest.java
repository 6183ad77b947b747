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

    private static final RowInitializer FIRST_IS_KEY = (key, arena, from) -> arena[from] = key;

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
                    table.arena()[slot * table.stride()] = value;
                    table.markChanged(slot);
                    twin.put(key, value);
                    changed.add(key);
                }
            }
        }

        assertThat(table.size()).isEqualTo(twin.size());
        twin.forEach(
                (key, value) ->
                        assertThat(table.arena()[table.find(key) * table.stride()])
                                .as("seed %d, key %d", seed, key)
                                .isEqualTo(value));
        List<Long> drained = new ArrayList<>();
        table.drainChanged(slot -> drained.add(table.key(slot)));
        assertThat(drained).containsExactlyElementsOf(changed);
    }

    @Test
    void drainingTwiceGivesNothingNew() {
        DenseEmbeddingTable table = new DenseEmbeddingTable(1, FIRST_IS_KEY);
        table.markChanged(table.findOrCreate(7));
        table.drainChanged(slot -> {});

        List<Integer> again = new ArrayList<>();
        table.drainChanged(again::add);

        assertThat(again).isEmpty();
    }

    @Test
    void bytesCountEveryArray() {
        DenseEmbeddingTable table = new DenseEmbeddingTable(4, FIRST_IS_KEY);

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
