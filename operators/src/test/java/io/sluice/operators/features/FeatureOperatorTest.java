package io.sluice.operators.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FeatureOperatorTest {

    private static final List<Fact> FACTS = RecordFacts.random(3, 200);
    private static final Map<String, String> EXPECTED = RecordRun.inProcess(FACTS);

    @Test
    void whateverTheOrderOfArrivalRecordsAreThoseOfOneProcess() throws Exception {
        long seed = Long.getLong("sluice.seed", 1);
        List<Fact> shuffled = new ArrayList<>(FACTS);
        Collections.shuffle(shuffled, new Random(seed));

        try (RecordRun run = new RecordRun()) {
            for (Fact fact : shuffled) {
                run.tell(fact);
            }

            assertThat(run.records()).as("before the watermark").isEmpty();
            assertThat(run.finish()).as("seed %d", seed).isEqualTo(EXPECTED);
        }
    }

    @Test
    void restoringBetweenAnyTwoFactsChangesNothing() throws Exception {
        for (int cut = 0; cut <= FACTS.size(); cut += 20) {
            RecordRun.Cut checkpoint;
            try (RecordRun run = new RecordRun()) {
                feed(run, FACTS.subList(0, cut));
                checkpoint = run.checkpoint();
            }
            try (RecordRun run = new RecordRun(checkpoint)) {
                feed(run, FACTS.subList(cut, FACTS.size()));

                assertThat(run.finish()).as("cut at %d", cut).isEqualTo(EXPECTED);
            }
        }
    }

    /** Moves event time along, 30 ms behind. */
    private static void feed(RecordRun run, List<Fact> facts) throws Exception {
        for (Fact fact : facts) {
            run.tell(fact);
            run.advance(fact.time() - 30);
        }
    }

    @Test
    void recordsAndWhatWaitsGoToTwoSubtasksAndBack() throws Exception {
        RecordRun.Cut whole;
        try (RecordRun run = new RecordRun()) {
            feed(run, FACTS.subList(0, 150));
            whole = run.checkpoint();
        }
        RecordRun.Cut there =
                new RecordRun.Cut(
                        thereAndBack(whole.first()), thereAndBack(whole.second()), whole.folded());

        try (RecordRun run = new RecordRun(there)) {
            feed(run, FACTS.subList(150, FACTS.size()));

            assertThat(run.finish()).isEqualTo(EXPECTED);
        }
    }

    private static OperatorSubtaskState thereAndBack(OperatorSubtaskState one) throws Exception {
        OperatorSubtaskState two =
                AbstractStreamOperatorTestHarness.repackageState(part(one, 0), part(one, 1));
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                two, RecordHarness.GROUPS, 2, 1, 0);
    }

    private static OperatorSubtaskState part(OperatorSubtaskState whole, int index)
            throws Exception {
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        whole, RecordHarness.GROUPS, 1, 2, index);
        try (RecordHarness half = new RecordHarness(RecordFacts.SCHEMA, own, 2, index)) {
            assertThat(half.entities()).as("entities of subtask %d", index).isPositive();
            return half.checkpoint();
        }
    }

    @Test
    void anEntityWithoutFactsForItsLifeLeavesNothingBehind() throws Exception {
        Fact fact = RecordFacts.fact(RecordFacts.START, "u", "i", 1);
        try (RecordRun run = new RecordRun()) {
            run.tell(fact);
            run.advance(fact.time() + RecordFacts.LIFE_MS);
            run.checkpoint();
            assertThat(run.records()).hasSize(RecordFacts.PLAN.scopes().size());

            run.advance(fact.time() + RecordFacts.LIFE_MS + 1);
            run.checkpoint();

            assertThat(run.records()).as("all pages are taken away").isEmpty();
            for (RecordHarness each : List.of(run.first, run.second)) {
                assertThat(each.entities()).isZero();
                assertThat(each.waiting()).isZero();
                assertThat(each.harness.numEventTimeTimers()).isZero();
            }
        }
    }

    @Test
    void aFurtherFactProlongsTheLife() throws Exception {
        try (RecordRun run = new RecordRun()) {
            run.tell(RecordFacts.fact(RecordFacts.START, "u", "i", 1));
            run.advance(RecordFacts.START);
            run.tell(RecordFacts.fact(RecordFacts.START + 1000, "u", "i", 1));
            run.advance(RecordFacts.START + RecordFacts.LIFE_MS + 1000);
            run.checkpoint();
            assertThat(run.records()).hasSize(RecordFacts.PLAN.scopes().size());

            run.advance(RecordFacts.START + RecordFacts.LIFE_MS + 1001);
            run.checkpoint();

            assertThat(run.records()).isEmpty();
        }
    }

    @Test
    void everNewEntitiesDoNotGather() throws Exception {
        int users = 3000;
        long step = RecordFacts.LIFE_MS / 100;
        long most = 0;
        try (RecordRun run = new RecordRun()) {
            for (int n = 0; n < users; n++) {
                long time = RecordFacts.START + n * step;
                run.tell(RecordFacts.fact(time, "u" + n, "i" + n, 1));
                run.advance(time);
                if (n % 100 == 0) {
                    most = Math.max(most, run.first.entities() + run.second.entities());
                }
            }

            // 101 alive at a time, each with a user, an item and both, and one for all. The last
            // three items of the stream are met by the next ones and live as much longer.
            assertThat(most).isBetween(200L, 101L * 3 + 1 + 3);
            assertThat(run.first.harness.numEventTimeTimers()).isLessThan(101 * 2 + 2);
        }
    }

    @Test
    void theEndOfTheInputForgetsNobody() throws Exception {
        try (RecordRun run = new RecordRun()) {
            run.tell(RecordFacts.fact(RecordFacts.START, "u", "i", 1));

            assertThat(run.finish()).hasSize(RecordFacts.PLAN.scopes().size());
        }
    }

    @Test
    void aLateFactCountsWhenItComes() throws Exception {
        Fact late = FACTS.get(50);
        List<Fact> rest = new ArrayList<>(FACTS.subList(0, 150));
        rest.remove(late);
        String entity = global();
        try (RecordRun run = new RecordRun()) {
            feed(run, rest);
            run.advance(FACTS.get(150).time());
            run.checkpoint();
            String before = run.records().get(entity);

            run.tell(late);
            run.advance(FACTS.get(150).time() + 1);
            run.checkpoint();

            assertThat(run.records().get(entity)).isNotEqualTo(before);
            // Decayed sums do not depend on the order of arrival but for rounding.
            assertThat(sum(run.records().get(entity)))
                    .isCloseTo(
                            sum(RecordRun.inProcess(FACTS.subList(0, 150)).get(entity)),
                            within(1e-9));
        }
    }

    /** The one entity of the scope without parts. */
    private static String global() {
        for (int scope = 0; scope < RecordFacts.PLAN.scopes().size(); scope++) {
            if (RecordFacts.PLAN.scopes().get(scope).parts().isEmpty()) {
                String prefix = scope + " ";
                return EXPECTED.keySet().stream()
                        .filter(entity -> entity.startsWith(prefix))
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new AssertionError("no scope without parts");
    }

    private static double sum(String record) {
        String last = record.substring(record.lastIndexOf(' ') + 1, record.length() - 1);
        return Double.longBitsToDouble(Long.parseLong(last));
    }

    @Test
    void pagesArePublishedAtTheIntervalTheLastValueOnly() throws Exception {
        try (RecordHarness records = RecordHarness.start()) {
            EntityMessage one = message(RecordFacts.fact(RecordFacts.START, "u", "i", 1));
            EntityMessage two = message(RecordFacts.fact(RecordFacts.START + 5, "u", "i", 1));
            records.harness.setProcessingTime(RecordHarness.INTERVAL_MS);
            records.feed(one);
            records.harness.processWatermark(one.time());
            records.feed(two);
            records.harness.processWatermark(two.time());
            assertThat(records.pages()).as("too early").isEmpty();

            records.harness.setProcessingTime(2 * RecordHarness.INTERVAL_MS);
            records.harness.setProcessingTime(5 * RecordHarness.INTERVAL_MS);

            assertThat(records.pages()).hasSize(1);
            EntityPage page = records.pages().get(0);
            assertThat(page.schema()).isEqualTo(RecordFacts.SCHEMA.fingerprint());
            assertThat(page.record()[0]).as("time of the last fact").isEqualTo(two.time() + 1);
        }
    }

    @Test
    void aCheckpointLeavesNothingUnpublished() throws Exception {
        OperatorSubtaskState state;
        try (RecordHarness records = RecordHarness.start()) {
            records.feed(message(RecordFacts.fact(RecordFacts.START, "u", "i", 1)));
            records.harness.processWatermark(RecordFacts.START);
            state = records.checkpoint();
            assertThat(records.pages()).hasSize(1);
        }
        try (RecordHarness records = RecordHarness.restore(state)) {
            records.harness.endInput();
            assertThat(records.pages()).isEmpty();
        }
    }

    private static EntityMessage message(Fact fact) {
        return RecordFacts.messages(fact).get(0);
    }

    @Test
    void recordsOfOtherFeaturesAreRefused() throws Exception {
        OperatorSubtaskState state;
        try (RecordHarness records = RecordHarness.start()) {
            state = records.checkpoint();
        }
        FeatureSchema other =
                new FeatureSchema(
                        RecordFacts.SCHEMA.features(),
                        RecordFacts.SCHEMA.streaming().subList(0, 2));

        assertThatThrownBy(() -> new RecordHarness(other, state, 1, 0))
                .hasMessageContaining("start from nothing");
    }
}
