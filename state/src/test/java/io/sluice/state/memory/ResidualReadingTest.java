package io.sluice.state.memory;

import static io.sluice.state.memory.MemoryWrites.CONFIG;
import static io.sluice.state.memory.MemoryWrites.DIMENSIONS;
import static io.sluice.state.memory.MemoryWrites.SCHEMA;
import static io.sluice.state.memory.MemoryWrites.START;
import static io.sluice.state.memory.MemoryWrites.after;
import static io.sluice.state.memory.MemoryWrites.read;
import static io.sluice.state.memory.MemoryWrites.vector;
import static io.sluice.state.memory.MemoryWrites.with;
import static io.sluice.state.memory.MemoryWrites.write;
import static io.sluice.state.memory.MemoryWrites.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.memory.MemoryWrites.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualReadingTest {

    private static final long HOUR = 3_600_000;
    private static final int USER_FAST = 0;
    private static final int USER_MIDDLE = 1;
    private static final int USER_SLOW = 2;
    private static final int ITEM_FAST = 3;
    private static final int ITEM_SLOW = 5;

    /** What a write leaves under the key of its user. */
    private record Residual(long user, long time, double residual, double curvature) {}

    @Test
    void saysWhatTheSumOverAllErrorsSaysThatOtherKeysHaveNotCorrected() {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        List<Residual> errors = new ArrayList<>();
        double most = 0;
        for (Write write : writes(new Random(1), 400)) {
            MemoryReading shown =
                    read(memory, write.user(), write.item(), write.time(), write.logit());
            double ofItem = 0;
            for (int voice = ITEM_FAST; voice <= ITEM_SLOW; voice++) {
                ofItem += memory.weight(voice, shown) * shown.correction(voice);
            }
            double p = Activations.sigmoid(write.logit() + ofItem);
            errors.add(new Residual(write.user(), write.time(), write.label() - p, p * (1 - p)));
            most = Math.max(most, Math.abs(ofItem));
            write(memory, write, shown);
        }
        long now = errors.get(errors.size() - 1).time() + 1_000;

        assertThat(most).isGreaterThan(0.01);
        for (long user = 1; user <= 9; user++) {
            MemoryReading reading = read(memory, user, 1001, now, 0.4);
            assertThat(reading.correction(USER_SLOW)).isNotZero();
            assertSays(reading, USER_FAST, twin(errors, user, now, CONFIG.fastHalfLifeMs()));
            assertSays(reading, USER_MIDDLE, twin(errors, user, now, CONFIG.middleHalfLifeMs()));
            assertSays(reading, USER_SLOW, twin(errors, user, now, CONFIG.slowHalfLifeMs()));
        }
    }

    private static void assertSays(MemoryReading reading, int voice, double expected) {
        assertThat(reading.correction(voice)).isCloseTo((float) expected, within(1e-5f));
    }

    /** G / (H + n₀) of a user, summed up anew with weights as of now. */
    private static double twin(List<Residual> errors, long user, long now, long halfLifeMs) {
        double residuals = 0;
        double curvature = 0;
        for (Residual error : errors) {
            if (error.user() == user) {
                double weight = Math.pow(2, -(now - error.time()) / (double) halfLifeMs);
                residuals += weight * error.residual();
                curvature += weight * error.curvature();
            }
        }
        double d = residuals / (curvature + CONFIG.prior());
        return Math.max(-CONFIG.limit(), Math.min(CONFIG.limit(), d));
    }

    @Test
    void whatCandidatesShareIsReadWithEachOfThem() {
        ResidualMemory memory = after(writes(new Random(13), 300));
        long now = START + 30 * HOUR;
        SharedReading shared = new SharedReading();
        MemoryReading beside = new MemoryReading(shared);

        for (long user = 1; user <= 9; user++) {
            memory.share(with(new FeatureVector(), user, 1), shared);
            beside.begin(memory.voices(), 0.3, Activations.sigmoid(0.3));
            memory.read(with(new FeatureVector(), 1001, 2), null, now, beside);
            double whole = read(memory, user, 1001, now, 0.3).probability();
            assertThat(beside.probability()).isEqualTo(whole);
        }
    }

    @Test
    void whoAsksForManyBeforeHeReadsTheFirstReadsTheSame() {
        ResidualMemory memory = after(writes(new Random(14), 300));
        long now = START + 30 * HOUR;
        MemoryReading[] asked = new MemoryReading[9];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = new MemoryReading();
            memory.ask(vector(i, 1001), asked[i]);
        }

        for (int i = 0; i < asked.length; i++) {
            asked[i].begin(memory.voices(), 0.3, Activations.sigmoid(0.3));
            memory.read(vector(i, 1001), null, now, asked[i]);
            double whole = read(memory, i, 1001, now, 0.3).probability();
            assertThat(asked[i].probability()).isEqualTo(whole);
        }
        // The next one has not been asked for.
        asked[1].begin(memory.voices(), 0.3, Activations.sigmoid(0.3));
        memory.read(vector(2, 1002), null, now, asked[1]);
        assertThat(asked[1].probability()).isEqualTo(read(memory, 2, 1002, now, 0.3).probability());
    }
}
