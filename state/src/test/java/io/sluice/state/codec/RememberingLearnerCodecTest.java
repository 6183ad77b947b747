package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.learner.Scored;
import io.sluice.state.memory.LshConfig;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryKeys;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.Reloop2Config;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A learner's state with a memory of errors. */
class RememberingLearnerCodecTest {

    private static final int GROUPS = 8;
    static final MemoryConfig MEMORY = MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(64);

    /** Small, and emptied now and then. */
    private static final Reloop2Config PUBLISHED = new Reloop2Config(3, 4, 0.4, 1, 0.1, 50);

    /** Keys with a code, whose encoder is looked at often enough to begin several versions. */
    private static final MemoryConfig CODED =
            MEMORY.with(
                    new MemoryKeys(
                            List.of(List.of("user"), List.of("lsh"), List.of("user", "lsh"))),
                    new LshConfig(4, 32, 0.9));

    private static Stream<MemoryConfig> memories() {
        return Stream.of(MEMORY, MEMORY.with(MemoryMode.RELOOP2).with(PUBLISHED), CODED);
    }

    @ParameterizedTest
    @MethodSource("memories")
    void restoringBetweenAnyTwoEventsChangesNothing(MemoryConfig memory) throws IOException {
        List<LearnerEvent> events = RandomStream.withAssumptions(RandomStream.events(31, 80));
        List<Scored> scored = RestoredRuns.assertSame(() -> learner(memory), events, 1);
        assertThat(scored).anyMatch(each -> each.prediction() != each.base());
    }

    @Test
    void codesGoThroughSeveralVersionsThere() {
        OnlineLearner learner = learner(CODED);
        RandomStream.feed(learner, RandomStream.withAssumptions(RandomStream.events(31, 80)));

        assertThat(learner.memory().voice(3)).startsWith("lsh, version ").endsWith(", fast");
        int version = Integer.parseInt(learner.memory().voice(3).replaceAll("\\D", ""));
        assertThat(version).isGreaterThan(2);
    }

    @Test
    void refusesTheMemoryOfAnotherMode() {
        MemoryConfig published = MEMORY.with(MemoryMode.RELOOP2).with(PUBLISHED);
        byte[] piece = LearnerCodec.write(trained(published), 1)[0];

        assertThatThrownBy(() -> LearnerCodec.read(piece, learner(MEMORY)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("found a memory of mode 2, expected 1");
    }

    @Test
    void theModelLearnsTheSameWithAMemoryAndWithout() {
        List<Scored> with = RandomStream.feed(learner(MEMORY), RandomStream.events(32, 80));
        List<Scored> without =
                RandomStream.feed(learner(MemoryConfig.NONE), RandomStream.events(32, 80));

        for (int i = 0; i < with.size(); i++) {
            assertThat(with.get(i).base()).isEqualTo(without.get(i).base());
            assertThat(without.get(i).prediction()).isEqualTo(without.get(i).base());
        }
    }

    @Test
    void aMemoryIsLeftOutWhereThereIsNoneAndBeginsEmptyWhereThereWasNone() throws IOException {
        OnlineLearner remembering = trained(MEMORY);
        OnlineLearner plain = trained(MemoryConfig.NONE);

        OnlineLearner dropped =
                restored(MemoryConfig.NONE, LearnerCodec.write(remembering, GROUPS));
        OnlineLearner begun = restored(MEMORY, LearnerCodec.write(plain, GROUPS));

        assertThat(LearnerCodec.digest(dropped)).isEqualTo(LearnerCodec.digest(plain));
        assertThat(begun.examples()).isEqualTo(plain.examples());
        assertThat(begun.heldPredictions()).isEqualTo(plain.heldPredictions());
        assertThat(LearnerCodec.digest(restored(MemoryConfig.NONE, LearnerCodec.write(begun, 1))))
                .isEqualTo(LearnerCodec.digest(plain));
    }

    @Test
    void refusesTheMemoryOfOtherSettings() {
        byte[] piece = LearnerCodec.write(trained(MEMORY), 1)[0];

        assertThatThrownBy(() -> LearnerCodec.read(piece, learner(MEMORY.withCells(128))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("memory.keys, cells or half-lives changed");
    }

    @Test
    void everyTruncationAndEveryFlippedBitIsRefused() {
        byte[] piece = LearnerCodec.write(trained(MEMORY), GROUPS)[3];

        for (int length = 0; length < piece.length; length += 7) {
            byte[] shorter = Arrays.copyOf(piece, length);
            assertThatThrownBy(() -> LearnerCodec.read(shorter, learner(MEMORY)))
                    .isInstanceOf(CorruptStateException.class);
        }
        for (int bit = 0; bit < piece.length * 8; bit += 13) {
            byte[] flipped = piece.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> LearnerCodec.read(flipped, learner(MEMORY)))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    /**
     * learner-v5-memory.bin and learner-v5-codes.bin are {@code LearnerCodec.write(trained(memory),
     * 1)[0]}, written once by version 5 when a cell kept errors of the model alone; those of v4 are
     * the same by version 4 since cells know their names.
     */
    @ParameterizedTest
    @CsvSource({"memory, false", "codes, true"})
    void readsTheBytesOfVersionsFourAndFiveAndWritesThoseOfFive(String name, boolean coded)
            throws IOException {
        MemoryConfig memory = coded ? CODED : MEMORY;
        byte[] golden = golden("learner-v5-" + name + ".bin");

        for (String version : List.of("v4", "v5")) {
            byte[] written = golden("learner-" + version + "-" + name + ".bin");
            OnlineLearner back = restored(memory, new byte[][] {written});

            assertThat(LearnerCodec.write(back, 1)[0]).isEqualTo(golden);
        }
    }

    /**
     * The same events learnt by version 3, whose assumptions have no sums, and by version 4 before
     * cells knew their names: all but the memory is read, which is refused where there is one.
     */
    @ParameterizedTest
    @CsvSource({"v3-memory", "v3-codes", "v4-memory-untagged", "v4-codes-untagged"})
    void readsTheBytesOfCellsWithoutNamesButForTheMemory(String name) throws IOException {
        byte[] golden = golden("learner-" + name + ".bin");

        OnlineLearner back = restored(MemoryConfig.NONE, new byte[][] {golden});
        OnlineLearner again = restored(MemoryConfig.NONE, LearnerCodec.write(back, GROUPS));

        assertThat(back.heldAssumptions()).isEqualTo(trained(MEMORY).heldAssumptions());
        assertThat(LearnerCodec.digest(again)).isEqualTo(LearnerCodec.digest(back));
        for (OnlineLearner each : List.of(back, again)) {
            RandomStream.feed(each, rest());
            assertThat(each.heldAssumptions()).isZero();
        }
        assertThat(LearnerCodec.digest(again)).isEqualTo(LearnerCodec.digest(back));
        MemoryConfig memory = name.contains("codes") ? CODED : MEMORY;
        assertThatThrownBy(() -> restored(memory, new byte[][] {golden}))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("or an older build wrote it");
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in =
                RememberingLearnerCodecTest.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void modelAndMemoryTogetherStayWithinTheBudget() {
        MemoryBudget budget = new MemoryBudget(1 << 18);
        OnlineLearner learner =
                new OnlineLearner(
                        RandomStream.config(1).within(budget, StoreConfig.DEFAULT),
                        MEMORY.withCells(0),
                        RandomStream.SCHEMA);
        RandomStream.feed(learner, RandomStream.events(33, 300));

        long held = learner.model().bytes() + learner.memory().bytes();
        assertThat(learner.memory().bytes()).isBetween(1L, budget.bytes() / 4);
        assertThat(held).isLessThanOrEqualTo(budget.bytes());
    }

    private static List<LearnerEvent> events() {
        return RandomStream.withAssumptions(RandomStream.events(34, 60));
    }

    /** What {@link #trained} has not seen. */
    private static List<LearnerEvent> rest() {
        return events().subList(events().size() - 40, events().size());
    }

    static OnlineLearner trained(MemoryConfig memory) {
        OnlineLearner learner = learner(memory);
        List<LearnerEvent> events = events();
        RandomStream.feed(learner, events.subList(0, events.size() - 40));
        assertThat(learner.heldPredictions()).isPositive();
        assertThat(learner.heldAssumptions()).isPositive();
        return learner;
    }

    private static OnlineLearner restored(MemoryConfig memory, byte[][] pieces) throws IOException {
        OnlineLearner learner = learner(memory);
        for (byte[] piece : pieces) {
            LearnerCodec.read(piece, learner);
        }
        return learner;
    }

    private static OnlineLearner learner(MemoryConfig memory) {
        return new OnlineLearner(RandomStream.config(0.7), memory, RandomStream.SCHEMA);
    }
}
