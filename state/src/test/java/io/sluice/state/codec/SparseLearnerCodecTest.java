package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.learner.Scored;
import io.sluice.state.mask.DensityAllocation;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
import io.sluice.state.model.FocusConfig;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.tower.TowerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes of a learner with masks, a tower and weights of examples. */
class SparseLearnerCodecTest {

    private static final ModelConfig PLAIN = RandomStream.config(1);
    private static final TowerConfig TOWER =
            new TowerConfig(16, 2, 0.5, DensityAllocation.ERDOS_RENYI, 0.1);
    private static final FocusConfig FOCUS = new FocusConfig(0.6, 2, 3, 0.45, 0.15);

    /** Without streaks, which would be 64 KiB of zeros. */
    private static final ModelConfig GOLDEN =
            all(SparsityMethod.RIGL).with(new FocusConfig(0.6, 2, 0, 0.45, 0));

    @ParameterizedTest
    @EnumSource
    void restoringBetweenAnyTwoEventsChangesNothing(SparsityMethod method) throws IOException {
        ModelConfig config = all(method);
        List<LearnerEvent> events = RandomStream.events(11, 40);
        OnlineLearner whole = learner(config);
        List<Scored> expected = RandomStream.feed(whole, events);
        String digest = LearnerCodec.digest(whole);

        for (int cut = 0; cut <= events.size(); cut += 3) {
            OnlineLearner first = learner(config);
            List<Scored> scored = RandomStream.feed(first, events.subList(0, cut));
            OnlineLearner second = restored(LearnerCodec.write(first, 3), config);
            scored.addAll(RandomStream.feed(second, events.subList(cut, events.size())));

            assertThat(scored).as("cut at %d", cut).isEqualTo(expected);
            assertThat(LearnerCodec.digest(second)).as("cut at %d", cut).isEqualTo(digest);
        }
    }

    @Test
    void theNumberAndOrderOfGroupsDoNotMatter() throws IOException {
        OnlineLearner learner = trained(all(SparsityMethod.RIGL));

        for (int groups : new int[] {1, 2, 7, 128}) {
            List<byte[]> pieces =
                    new ArrayList<>(Arrays.asList(LearnerCodec.write(learner, groups)));
            Collections.shuffle(pieces, new Random(groups));
            OnlineLearner back = restored(pieces.toArray(new byte[0][]), all(SparsityMethod.RIGL));

            assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(learner));
        }
    }

    @Test
    void aTowerBesideABudgetIsRestored() throws IOException {
        ModelConfig config =
                PLAIN.within(new MemoryBudget(1 << 17), StoreConfig.DEFAULT).with(TOWER);
        OnlineLearner learner = trained(config);

        OnlineLearner back = restored(LearnerCodec.write(learner, 5), config);

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(learner));
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] piece = LearnerCodec.write(trained(all(SparsityMethod.DSL)), 1)[0];

        for (int length = 0; length < piece.length; length += 7) {
            byte[] shorter = Arrays.copyOf(piece, length);
            assertThatThrownBy(() -> LearnerCodec.read(shorter, learner(all(SparsityMethod.DSL))))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void saysWhichPartOfTheModelDoesNotFit() {
        ModelConfig masked = PLAIN.with(sparsity(SparsityMethod.SET));

        assertRefused(masked, PLAIN, "a model with masks, expected one without");
        assertRefused(PLAIN, masked, "a model without masks, expected one with");
        assertRefused(PLAIN.with(TOWER), PLAIN, "a model with a tower, expected one without");
        assertRefused(PLAIN, PLAIN.with(TOWER), "set model.tower as it was");
        assertRefused(PLAIN.with(FOCUS), PLAIN, "a model with weights of examples");
        assertRefused(
                PLAIN.with(FOCUS),
                PLAIN.with(new FocusConfig(0.6, 2, 3, 0.45, 0)),
                "set model.focus.gradientVariance as it was");
    }

    private static void assertRefused(ModelConfig from, ModelConfig to, String message) {
        byte[] piece = LearnerCodec.write(trained(from), 1)[0];
        assertThatThrownBy(() -> LearnerCodec.read(piece, learner(to)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(message);
    }

    /**
     * learner-v2-sparse.bin is {@code LearnerCodec.write(trained(GOLDEN), 1)[0]}, written once when
     * the exponential was the JDK's; the digest is of what version 2 read from it.
     */
    @Test
    void readsTheBytesOfVersionTwo() throws IOException {
        byte[] golden;
        try (InputStream in =
                SparseLearnerCodecTest.class.getResourceAsStream("/golden/learner-v2-sparse.bin")) {
            golden = in.readAllBytes();
        }

        OnlineLearner back = restored(new byte[][] {golden}, GOLDEN);

        assertThat(LearnerCodec.digest(back))
                .isEqualTo("310b6e0e0c9afce2db701c8c3fa95a3cf41318a73c5177dd09a9bcf231af2229");
    }

    private static ModelConfig all(SparsityMethod method) {
        return PLAIN.with(sparsity(method)).with(TOWER).with(FOCUS);
    }

    private static SparsityConfig sparsity(SparsityMethod method) {
        return new SparsityConfig(method, 0.5, 16, 5, 0.5, 0.1, 100);
    }

    private static OnlineLearner trained(ModelConfig config) {
        OnlineLearner learner = learner(config);
        RandomStream.feed(learner, RandomStream.events(12, 10));
        return learner;
    }

    private static OnlineLearner restored(byte[][] pieces, ModelConfig config) throws IOException {
        OnlineLearner learner = learner(config);
        for (byte[] piece : pieces) {
            LearnerCodec.read(piece, learner);
        }
        return learner;
    }

    private static OnlineLearner learner(ModelConfig config) {
        return new OnlineLearner(config, RandomStream.SCHEMA);
    }
}
