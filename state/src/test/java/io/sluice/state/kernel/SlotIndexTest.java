package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotIndexTest {

    @Test
    void behavesAsAMapUnderAnyOrderOfChanges() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        SlotIndex index = new SlotIndex();
        Map<Long, Integer> twin = new HashMap<>();

        for (int i = 0; i < 200_000; i++) {
            long key = crowded(random);
            if (random.nextBoolean()) {
                index.put(key, i);
                twin.put(key, i);
            } else {
                Integer expected = twin.remove(key);
                assertThat(index.remove(key))
                        .as("seed %d, change %d", seed, i)
                        .isEqualTo(expected == null ? SlotIndex.ABSENT : expected);
            }
        }

        assertThat(index.size()).as("seed " + seed).isEqualTo(twin.size());
        for (int i = 0; i < 10_000; i++) {
            long key = crowded(random);
            assertThat(index.find(key))
                    .as("seed " + seed)
                    .isEqualTo(twin.getOrDefault(key, SlotIndex.ABSENT));
        }
    }

    /** Keys whose low bits agree, so that they probe the same places and wrap around. */
    private static long crowded(Random random) {
        return 1 + random.nextInt(40) + ((long) random.nextInt(10) << 40);
    }
}
