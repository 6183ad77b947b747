package io.sluice.state.memory;

import static io.sluice.state.memory.CodedMemories.CHECK;
import static io.sluice.state.memory.CodedMemories.CODE_FAST;
import static io.sluice.state.memory.CodedMemories.CONFIG;
import static io.sluice.state.memory.CodedMemories.DIMENSIONS;
import static io.sluice.state.memory.CodedMemories.ITEMS;
import static io.sluice.state.memory.CodedMemories.LOGIT;
import static io.sluice.state.memory.CodedMemories.MINUTE;
import static io.sluice.state.memory.CodedMemories.PAIR_SLOW;
import static io.sluice.state.memory.CodedMemories.USER_FAST;
import static io.sluice.state.memory.CodedMemories.memory;
import static io.sluice.state.memory.MemoryWrites.SCHEMA;
import static io.sluice.state.memory.MemoryWrites.START;
import static io.sluice.state.memory.MemoryWrites.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Activations;
import io.sluice.state.memory.CodedMemories.Model;
import io.sluice.state.memory.CodedMemories.Write;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of the representation as one more key of the residual memory. */
class LshKeyTest {

    private final CodedMemories coded = new CodedMemories();
    private final Model model = coded.model;
    private final MemoryReading reading = coded.reading;

    @Test
    void saysWhatErrorsUnderTheSameCodeSayAsFarAsTheirUsersHadAVote() {
        ResidualMemory memory = memory();
        List<Write> writes = coded.feed(memory, 1, 3 * CHECK);
        long now = START + 500 * MINUTE;
        SignedRandomProjection hashes =
                new SignedRandomProjection(1, CONFIG.lsh().bits(), DIMENSIONS);
        double[] centre = new double[DIMENSIONS];
        for (Write write : writes.subList(0, CHECK)) {
            float[] h = model.of(vector(write.user(), write.item()));
            for (int d = 0; d < DIMENSIONS; d++) {
                centre[d] += h[d] / CHECK;
            }
        }
        List<Write> later = writes.subList(CHECK, writes.size());
        Map<Integer, Float> saidOf = new HashMap<>();

        for (long item = 1; item <= ITEMS; item++) {
            coded.read(memory, 999, item, now);
            int code = code(hashes, item, centre);
            List<Write> neighbours =
                    later.stream().filter(w -> code(hashes, w.item(), centre) == code).toList();
            assertThat(neighbours).isNotEmpty();
            double all = curvature(neighbours, now);
            // A seat that is taken is refused: about one in four. What the other keys said moves
            // p(1 − p) by a hundredth.
            assertThat((double) reading.evidence(CODE_FAST)).isBetween(0.5 * all, 1.01 * all);
            float said = saidOf.computeIfAbsent(code, any -> reading.correction(CODE_FAST));
            assertThat(reading.correction(CODE_FAST)).isEqualTo(said);
        }
        assertThat(saidOf.values()).doesNotHaveDuplicates().hasSizeBetween(3, ITEMS - 1);
    }

    private int code(SignedRandomProjection hashes, long item, double[] centre) {
        float[] h = model.of(vector(999, item));
        float[] fromCentre = new float[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            fromCentre[d] = h[d] - (float) centre[d];
        }
        int[] codes = new int[1];
        hashes.hash(fromCentre, new float[hashes.scratch()], codes);
        return codes[0];
    }

    private static double curvature(List<Write> writes, long now) {
        double sum = 0;
        double p = Activations.sigmoid(LOGIT);
        for (Write write : writes) {
            double halves = (now - write.time()) / (double) CONFIG.fastHalfLifeMs();
            sum += Math.pow(2, -halves) * p * (1 - p);
        }
        return sum;
    }

    @Test
    void aVersionLastsWhileTheModelStandsStill() {
        ResidualMemory memory = memory();
        coded.feed(memory, 2, CHECK - 1);
        assertThat(memory.voice(CODE_FAST)).isEqualTo("lsh, version 0, fast");

        coded.feed(memory, 3, 20 * CHECK);

        assertThat(memory.voice(CODE_FAST)).isEqualTo("lsh, version 1, fast");
        assertThat(memory.voice(PAIR_SLOW)).isEqualTo("item × lsh, version 1, slow");
        assertThat(memory.voice(USER_FAST)).isEqualTo("user, fast");
    }

    @Test
    void anotherVersionReadsNothingOfWhatWasWrittenUnderTheOneBefore() {
        ResidualMemory memory = memory();
        coded.feed(memory, 4, 4 * CHECK);
        long now = START + 400 * MINUTE;
        assertThat(saysUnderCodes(memory, now)).isEqualTo(ITEMS);

        model.turn();
        List<Write> last = coded.feed(memory, 5, CHECK);

        assertThat(memory.voice(CODE_FAST)).isEqualTo("lsh, version 2, fast");
        assertThat(saysUnderCodes(memory, now)).isZero();
        coded.read(memory, last.get(3).user(), 1, now);
        assertThat(reading.correction(USER_FAST)).as("ids never go stale").isNotZero();

        coded.feed(memory, 6, 4 * CHECK);
        assertThat(memory.voice(CODE_FAST)).isEqualTo("lsh, version 2, fast");
        assertThat(saysUnderCodes(memory, now)).isEqualTo(ITEMS);
    }

    /** Of how many items a voice with a code says anything. */
    private int saysUnderCodes(ResidualMemory memory, long now) {
        int says = 0;
        for (long item = 1; item <= ITEMS; item++) {
            coded.read(memory, 999, item, now);
            boolean any = false;
            for (int v = CODE_FAST; v < memory.voices(); v++) {
                any |= reading.correction(v) != 0 || reading.evidence(v) != 0;
            }
            says += any ? 1 : 0;
        }
        return says;
    }

    @Test
    void aCorrectionFindsTheCodeThatWasWrittenAndNoneOfAnotherVersion() {
        ResidualMemory corrected = memory();
        ResidualMemory right = memory();
        coded.feed(corrected, 7, 2 * CHECK);
        coded.feed(right, 7, 2 * CHECK);
        long time = START + 300 * MINUTE;
        FeatureVector x = vector(500, 3);
        float[] h = model.of(x).clone();
        coded.read(corrected, 500, 3, time);
        long taken = corrected.write(x, h, 0, time, 0, 1, reading);
        coded.read(right, 500, 3, time);
        long unused = right.write(x, h, 0, time, 1, 1, reading);

        // What the model makes of it by then does not matter.
        corrected.correct(x, new float[DIMENSIONS], time, taken, 0, 1, 1);

        coded.sameReadings(corrected, right, time + 1, 1e-6);

        model.turn();
        coded.feed(corrected, 8, CHECK);
        MemoryReading before = new MemoryReading();
        coded.read(corrected, 999, 3, time + MINUTE, before);
        corrected.correct(x, h, time, taken, 0, 1, 1);
        coded.read(corrected, 999, 3, time + MINUTE);
        for (int v = CODE_FAST; v < corrected.voices(); v++) {
            assertThat(reading.correction(v)).isEqualTo(before.correction(v));
        }
    }

    @Test
    void takesTheBytesThatItsSettingsAskForAndAllocatesNothing() {
        ResidualMemory memory = memory();
        long settings = ResidualMemory.bytes(CONFIG, SCHEMA, DIMENSIONS);
        coded.feed(memory, 80, 3 * CHECK);
        float[] h = model.of(vector(1, 1)).clone();
        FeatureVector x = vector(1, 1);
        Representations still = any -> h;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2 * CHECK; i++) {
                reading.begin(memory.voices(), LOGIT, 0.4);
                memory.read(x, h, START + i, reading);
                long unused = memory.write(x, h, 0, START + i, 1, 1, reading);
                memory.keepUp(x, still);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(memory.bytes()).isEqualTo(settings);
        assertThat(least).isZero();
    }

    @Test
    void aFeatureOfThatNameIsMeantWhereOneIsDeclared() {
        FeatureSchema named =
                new FeatureSchema(
                        List.of(
                                FeatureSpec.of("user", Source.USER, "", Kind.ID),
                                FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                                FeatureSpec.of("lsh", Source.FEATURES, "l", Kind.CATEGORY)));
        ResidualMemory memory = new ResidualMemory(CONFIG, named, DIMENSIONS);

        assertThat(memory.readsRepresentation()).isFalse();
        assertThat(memory().readsRepresentation()).isTrue();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new LshConfig(15, 5000, 0.5))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("memory.lsh.bits must be within [2, 14], found 15");
        assertThatThrownBy(() -> new LshConfig(8, 31, 0.5))
                .hasMessageContaining("memory.lsh.checkEvents must be within [32,");
        assertThatThrownBy(() -> new LshConfig(8, 5000, 0))
                .hasMessageContaining("memory.lsh.agreement must be within (0, 1]");
    }
}
