package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.kernel.Hashing;
import io.sluice.state.memory.MemoryReading;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HeldPredictionsTest {

    @RepeatedTest(5)
    void behavesAsAMapUnderRandomUse(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        HeldPredictions held = new HeldPredictions(-1);
        Map<Long, Float> twin = new HashMap<>();

        for (int step = 0; step < 50_000; step++) {
            // Few distinct low bits: long runs, and many gaps to close.
            long key = 1 + random.nextInt(16) + 4096L * random.nextInt(64);
            if (random.nextInt(5) < 2) {
                float prediction = random.nextFloat();
                held.put(key, reading(prediction));
                twin.put(key, prediction);
            } else {
                Float expected = twin.remove(key);
                MemoryReading taken = new MemoryReading();
                assertThat(held.take(key, taken))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected != null);
                if (expected != null) {
                    assertThat((float) taken.base())
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(expected);
                }
            }
            assertThat(held.size()).isEqualTo(twin.size());
        }
    }

    @Test
    void memoryComesBackWhenPredictionsAreTaken() {
        HeldPredictions held = new HeldPredictions(-1);
        long empty = held.bytes();
        for (long key = 1; key <= 100_000; key++) {
            held.put(Hashing.mix(key), reading(0.5f));
        }
        long full = held.bytes();

        for (long key = 1; key <= 100_000; key++) {
            assertThat(held.take(Hashing.mix(key), new MemoryReading())).isTrue();
        }

        assertThat(full).isGreaterThan(100_000L * 12);
        assertThat(held.bytes()).isEqualTo(empty);
    }

    @Test
    void givesBackWhatEachVoiceSaid() {
        HeldPredictions held = new HeldPredictions(2);
        for (long key = 1; key <= 1000; key++) {
            MemoryReading reading = reading(key / 2000f);
            reading.begin(2, 0, key / 2000f);
            reading.say(0, (float) key, 5);
            reading.say(1, (float) -key, 5);
            reading.conclude(0.25);
            held.put(Hashing.mix(key), reading);
        }

        for (long key = 1; key <= 1000; key++) {
            MemoryReading taken = new MemoryReading();
            assertThat(held.take(Hashing.mix(key), taken)).isTrue();
            assertThat((float) taken.base()).isEqualTo(key / 2000f);
            assertThat(taken.correction(0)).isEqualTo((float) key);
            assertThat(taken.correction(1)).isEqualTo((float) -key);
            assertThat(taken.probability()).isEqualTo(0.25);
        }
        assertThat(held.size()).isZero();
    }

    private static MemoryReading reading(float base) {
        MemoryReading reading = new MemoryReading();
        reading.begin(0, 0, base);
        return reading;
    }
}
