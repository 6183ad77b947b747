package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.kernel.Hashing;
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
                held.put(key, prediction);
                twin.put(key, prediction);
            } else {
                Float expected = twin.remove(key);
                float taken = held.take(key);
                assertThat(taken)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected == null ? Float.valueOf(Float.NaN) : expected);
            }
            assertThat(held.size()).isEqualTo(twin.size());
        }
    }

    @Test
    void memoryComesBackWhenPredictionsAreTaken() {
        HeldPredictions held = new HeldPredictions(-1);
        long empty = held.bytes();
        for (long key = 1; key <= 100_000; key++) {
            held.put(Hashing.mix(key), 0.5f);
        }
        long full = held.bytes();

        for (long key = 1; key <= 100_000; key++) {
            assertThat(held.take(Hashing.mix(key))).isEqualTo(0.5f);
        }

        assertThat(full).isGreaterThan(100_000L * 12);
        assertThat(held.bytes()).isEqualTo(empty);
    }
}
