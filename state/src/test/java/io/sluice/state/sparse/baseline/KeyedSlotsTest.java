package io.sluice.state.sparse.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class KeyedSlotsTest {

    private static final int CAPACITY = 70;

    @RepeatedTest(3)
    void findsWhatAMapWouldFind(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        KeyedSlots slots = new KeyedSlots(CAPACITY, 1000);
        Map<Long, Integer> twin = new HashMap<>();

        for (int step = 0; step < 5_000; step++) {
            long key = 1L + random.nextInt(300);
            assertThat(slots.find(key)).as("step %d", step).isEqualTo(twin.getOrDefault(key, -1));
            if (!twin.containsKey(key)) {
                int slot = slots.add(key, random.nextLong(), other -> false, other -> false);
                twin.values().removeIf(taken -> taken == slot);
                twin.put(key, slot);
            }
        }

        assertThat(twin).hasSize(CAPACITY);
        twin.forEach((key, slot) -> assertThat(slots.find(key)).isEqualTo(slot));
    }

    @Test
    void theLeastUsedOfThoseDrawnGoesButNeverWhatMustStay() {
        KeyedSlots slots = full();
        for (int slot = 0; slot < CAPACITY; slot++) {
            for (int touch = 0; touch < slot; touch++) {
                slots.touch(slot);
            }
        }

        for (int draw = 0; draw < 200; draw++) {
            int victim = slots.add(1000 + draw, draw, slot -> slot < 5, slot -> false);
            slots.touch(victim);
            // Sixteen draws of 70 miss the lower half with a probability of 2⁻¹⁶.
            assertThat(victim).isBetween(5, CAPACITY / 2 + 5);
        }
    }

    @Test
    void someGoFirstWhateverTheirCounts() {
        KeyedSlots slots = full();
        slots.touch(40);

        int gone = 0;
        for (int draw = 0; draw < 60; draw++) {
            gone +=
                    slots.add(
                                            1000 + draw,
                                            draw,
                                            slot -> slot != 40 && slot % 2 == 0,
                                            slot -> slot == 40)
                                    == 40
                            ? 1
                            : 0;
        }

        assertThat(gone).isPositive();
    }

    @Test
    void countsFallToAHalfInAHalfLife() {
        KeyedSlots slots = full();
        for (int touch = 0; touch < 1000; touch++) {
            slots.touch(3);
        }
        int before = slots.count(3);

        for (int number = 1; number <= 1000; number++) {
            slots.endExample(number);
        }

        // Eight times rounded down, 16 units to a touch.
        assertThat(before - 2 * slots.count(3)).isBetween(0, 16);
    }

    private static KeyedSlots full() {
        KeyedSlots slots = new KeyedSlots(CAPACITY, 1000);
        for (int key = 1; key <= CAPACITY; key++) {
            assertThat(slots.add(key, 0, other -> false, other -> false)).isEqualTo(key - 1);
        }
        return slots;
    }
}
