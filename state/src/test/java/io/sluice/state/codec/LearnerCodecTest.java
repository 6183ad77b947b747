package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnerCodecTest {

    private static final int GROUPS = 16;
    private static final double KEEP_RATE = 0.7;
    private static final StoreConfig STORE =
            new StoreConfig(ValueFormat.INT8, 0, 0, 4, 1000, 64, 0, 1, 1.25, 4, 0.3, 0.02, 1000);

    @Test
    void restoringBetweenAnyTwoEventsChangesNothing() throws IOException {
        List<LearnerEvent> events = RandomStream.events(11, 120);
        RestoredRuns.assertSame(LearnerCodecTest::learner, events, 1);
    }

    @Test
    void theNumberAndOrderOfGroupsDoNotMatter() throws IOException {
        OnlineLearner learner = trained();

        for (int groups : new int[] {1, 2, 7, 128}) {
            List<byte[]> pieces =
                    new ArrayList<>(Arrays.asList(LearnerCodec.write(learner, groups)));
            Collections.shuffle(pieces, new Random(groups));
            OnlineLearner back = restored(pieces.toArray(new byte[0][]));

            assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(learner));
        }
    }

    @Test
    void everyTruncationAndEveryFlippedBitIsRefused() {
        byte[] piece = LearnerCodec.write(trained(), GROUPS)[3];

        for (int length = 0; length < piece.length; length++) {
            byte[] shorter = Arrays.copyOf(piece, length);
            assertThatThrownBy(() -> LearnerCodec.read(shorter, learner()))
                    .isInstanceOf(CorruptStateException.class);
        }
        for (int bit = 0; bit < piece.length * 8; bit++) {
            byte[] flipped = piece.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> LearnerCodec.read(flipped, learner()))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void saysWhichVersionWasFound() {
        byte[] piece = LearnerCodec.write(learner(), 1)[0];
        piece[7] = 9;

        assertThatThrownBy(() -> LearnerCodec.read(piece, learner()))
                .hasMessage("learner state: format version 9 found, this build reads 1 to 5");
    }

    @Test
    void refusesStateOfOtherSettings() {
        byte[] piece = LearnerCodec.write(trained(), 1)[0];
        FeatureSchema otherSchema =
                new FeatureSchema(List.of(FeatureSpec.of("x", Source.USER, "", Kind.ID)));
        ModelConfig otherSeed = new ModelConfig(4, 0.1, 0.1, 0.05, 0.1, 1, 0.1, 0, 0, 1, 8);
        ModelConfig otherWidth = new ModelConfig(5, 0.1, 0.1, 0.05, 0.1, 1, 0.1, 0, 0, 1, 7);

        assertRefused(piece, RandomStream.config(KEEP_RATE), otherSchema, "feature schema");
        assertRefused(piece, otherSeed, RandomStream.SCHEMA, "found seed 7, expected 8");
        assertRefused(piece, otherWidth, RandomStream.SCHEMA, "found 4 dimensions, expected 5");
    }

    private static void assertRefused(
            byte[] piece, ModelConfig config, FeatureSchema schema, String message) {
        assertThatThrownBy(() -> LearnerCodec.read(piece, new OnlineLearner(config, schema)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(message);
    }

    /** learner-v1.bin is {@code LearnerCodec.write(trained(), 1)[0]}, written once by version 1. */
    @Test
    void readsTheBytesOfVersionOne() throws IOException {
        OnlineLearner back = restored(new byte[][] {golden("learner-v1.bin")});

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(trained()));
    }

    /** learner-v2.bin is {@code LearnerCodec.write(trained(), 1)[0]}, written once by version 2. */
    @Test
    void readsTheBytesOfVersionTwo() throws IOException {
        OnlineLearner back = restored(new byte[][] {golden("learner-v2.bin")});

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(trained()));
    }

    /** learner-v3-budget.bin is {@code LearnerCodec.write(trainedWithin(), 1)[0]}. */
    @Test
    void readsTheBytesOfVersionThreeWithABudget() throws IOException {
        OnlineLearner back = within();

        LearnerCodec.read(golden("learner-v3-budget.bin"), back);

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(trainedWithin()));
    }

    /** learner-v3-floats.bin is {@code LearnerCodec.write(trainedWithFloats(), 1)[0]}. */
    @Test
    void readsTheBytesOfVersionThreeWithRowsAsFloats() throws IOException {
        OnlineLearner back = withFloats();

        LearnerCodec.read(golden("learner-v3-floats.bin"), back);

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(trainedWithFloats()));
    }

    @Test
    void readsVersionOneIntoOneWithABudget() throws IOException {
        StoreConfig exact = StoreConfig.DEFAULT.with(ValueFormat.FLOAT32);
        OnlineLearner back = learner(new MemoryBudget(1 << 20), exact);

        LearnerCodec.read(golden("learner-v1.bin"), back);

        assertThat(back.model().rows()).isEqualTo(trained().model().rows());
        assertThat(back.predict(RandomStream.vector("u1", "i1-0")))
                .isEqualTo(trained().predict(RandomStream.vector("u1", "i1-0")));
    }

    @Test
    void aModelWithoutABudgetCanBeReadIntoOneWithABudget() throws IOException {
        OnlineLearner unbounded = trained();
        StoreConfig exact = StoreConfig.DEFAULT.with(ValueFormat.FLOAT32);
        OnlineLearner back = learner(new MemoryBudget(1 << 20), exact);

        for (byte[] piece : LearnerCodec.write(unbounded, GROUPS)) {
            LearnerCodec.read(piece, back);
        }

        assertThat(back.examples()).isEqualTo(unbounded.examples());
        assertThat(back.model().rows()).isEqualTo(unbounded.model().rows());
        for (int i = 0; i < 50; i++) {
            FeatureVector x = RandomStream.vector("u" + i, "i" + i % 40 + "-0");
            assertThat(back.predict(x)).isEqualTo(unbounded.predict(x));
        }
    }

    @Test
    void refusesAModelWithABudgetWhereNoneOrAnotherFormatIsExpected() {
        byte[] piece = LearnerCodec.write(trainedWithin(), 1)[0];

        assertThatThrownBy(() -> LearnerCodec.read(piece, learner()))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("expected one without");
        assertThatThrownBy(
                        () ->
                                LearnerCodec.read(
                                        piece,
                                        learner(
                                                new MemoryBudget(1 << 18),
                                                STORE.with(ValueFormat.BFLOAT16))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("expected BFLOAT16; set model.store.values");
    }

    @Test
    void restoringAroundAChangeOfTheSharesInForceChangesNothing() throws IOException {
        for (MemoryBudget budget : List.of(MemoryBudget.NONE, new MemoryBudget(1 << 16))) {
            RestoredRuns.assertSame(() -> evenly(budget), RandomStream.events(14, 500), 97);
        }
    }

    /** learner-v5-shares.bin is {@code LearnerCodec.write(trainedEvenly(), 1)[0]}. */
    @Test
    void readsTheBytesOfVersionFiveWithSharesOfDimensions() throws IOException {
        OnlineLearner back = evenly(MemoryBudget.NONE);

        LearnerCodec.read(golden("learner-v5-shares.bin"), back);

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(trainedEvenly()));
    }

    @Test
    void sharesBeginAnewWhereThereAreNoneAndAreLeftOutWhereNoneAreWanted() throws IOException {
        OnlineLearner with = evenly(MemoryBudget.NONE);
        LearnerCodec.read(golden("learner-v2.bin"), with);
        OnlineLearner without = learner();
        LearnerCodec.read(golden("learner-v5-shares.bin"), without);

        FeatureVector x = RandomStream.vector("u1", "i1-0");
        assertThat(with.predict(x)).isEqualTo(trained().predict(x));
        assertThat(without.predict(x)).isEqualTo(trainedEvenly().predict(x));
        assertThat(without.model().rows()).isEqualTo(trainedEvenly().model().rows());
    }

    private static OnlineLearner trainedEvenly() {
        OnlineLearner learner = evenly(MemoryBudget.NONE);
        RandomStream.feed(learner, RandomStream.events(15, 250));
        return learner;
    }

    private static OnlineLearner evenly(MemoryBudget budget) {
        ModelConfig config =
                RandomStream.config(KEEP_RATE)
                        .withEvenDimensions(true)
                        .within(budget, StoreConfig.DEFAULT);
        return new OnlineLearner(config, RandomStream.SCHEMA);
    }

    private static OnlineLearner trainedWithin() {
        OnlineLearner learner = within();
        RandomStream.feed(learner, RandomStream.events(12, 60));
        return learner;
    }

    private static OnlineLearner trainedWithFloats() {
        OnlineLearner learner = withFloats();
        RandomStream.feed(learner, RandomStream.events(12, 60));
        return learner;
    }

    private static OnlineLearner withFloats() {
        return learner(new MemoryBudget(1 << 16), STORE.with(ValueFormat.INT8, 0.1, 0));
    }

    private static OnlineLearner within() {
        return learner(new MemoryBudget(1 << 16), STORE);
    }

    private static OnlineLearner learner(MemoryBudget budget, StoreConfig store) {
        ModelConfig config = RandomStream.config(KEEP_RATE).within(budget, store);
        return new OnlineLearner(config, RandomStream.SCHEMA);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = LearnerCodecTest.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }

    private static OnlineLearner trained() {
        OnlineLearner learner = learner();
        List<LearnerEvent> events = RandomStream.events(11, 60);
        // The last outcomes are missing, so that some predictions are still held.
        RandomStream.feed(learner, events.subList(0, events.size() - 40));
        assertThat(learner.heldPredictions()).isPositive();
        return learner;
    }

    private static OnlineLearner restored(byte[][] pieces) throws IOException {
        OnlineLearner learner = learner();
        for (byte[] piece : pieces) {
            LearnerCodec.read(piece, learner);
        }
        return learner;
    }

    private static OnlineLearner learner() {
        return new OnlineLearner(RandomStream.config(KEEP_RATE), RandomStream.SCHEMA);
    }
}
