package io.sluice.operators.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.TrainerRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LearnOperatorTest {

    private static final List<LearnerEvent> EVENTS = LearnerEvents.random(5, 150);

    @Test
    void whateverTheOrderOfArrivalTheLearnerSeesEventTime() throws Exception {
        long seed = Long.getLong("sluice.seed", 1);
        OnlineLearner byHand = new OnlineLearner(LearnerEvents.MODEL, LearnerEvents.SCHEMA);
        List<Scored> expected = feed(byHand, EVENTS);
        List<LearnerEvent> shuffled = new ArrayList<>(EVENTS);
        Collections.shuffle(shuffled, new Random(seed));

        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.EVENT_TIME)) {
            learn.feed(shuffled);
            assertThat(learn.scored()).as("before the watermark").isEmpty();

            String digest = learn.finish();

            assertThat(learn.scored()).as("seed %d", seed).isEqualTo(expected);
            assertThat(digest).as("seed %d", seed).isEqualTo(LearnerCodec.digest(byHand));
        }
    }

    @Test
    void inOrderOfArrivalNothingWaits() throws Exception {
        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.ARRIVAL)) {
            learn.feed(EVENTS);

            OnlineLearner byHand = new OnlineLearner(LearnerEvents.MODEL, LearnerEvents.SCHEMA);
            assertThat(learn.scored()).isEqualTo(feed(byHand, EVENTS));
        }
    }

    @Test
    void whatComesBehindTheWatermarkIsLearntNext() throws Exception {
        int middle = EVENTS.size() / 2;
        LearnerEvent late = EVENTS.get(middle / 2);
        List<LearnerEvent> rest = new ArrayList<>(EVENTS.subList(0, middle));
        rest.remove(late);
        List<LearnerEvent> expected = new ArrayList<>(rest);
        expected.add(late);
        expected.addAll(EVENTS.subList(middle, EVENTS.size()));

        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.EVENT_TIME)) {
            learn.feed(rest);
            learn.harness.processWatermark(EVENTS.get(middle).time() - 1);
            learn.feed(EVENTS.subList(middle, EVENTS.size()));
            learn.feed(List.of(late));

            OnlineLearner byHand = new OnlineLearner(LearnerEvents.MODEL, LearnerEvents.SCHEMA);
            feed(byHand, expected);
            assertThat(learn.finish()).isEqualTo(LearnerCodec.digest(byHand));
        }
    }

    @Test
    void restoringBetweenAnyTwoEventsChangesNothing() throws Exception {
        String digest;
        List<Scored> expected;
        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.EVENT_TIME)) {
            learn.feed(EVENTS);
            digest = learn.finish();
            expected = learn.scored();
        }

        for (int cut = 0; cut <= EVENTS.size(); cut += 23) {
            OperatorSubtaskState snapshot;
            List<Scored> scored;
            try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.EVENT_TIME)) {
                learn.feed(EVENTS.subList(0, cut));
                learn.harness.processWatermark(cut == 0 ? 0 : EVENTS.get(cut / 2).time());
                snapshot = learn.checkpoint();
                scored = new ArrayList<>(learn.scored());
            }
            try (LearnHarness learn = LearnHarness.restore(snapshot)) {
                learn.feed(EVENTS.subList(cut, EVENTS.size()));

                assertThat(learn.finish()).as("cut at %d", cut).isEqualTo(digest);
                scored.addAll(learn.scored());
                assertThat(scored).as("cut at %d", cut).isEqualTo(expected);
                assertThat(learn.manifests().get(0).version().epoch()).isEqualTo(2);
            }
        }
    }

    @Test
    void stateGoesToTwoSubtasksAndBackWithoutChangingAByte() throws Exception {
        OperatorSubtaskState one;
        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.EVENT_TIME)) {
            learn.feed(EVENTS);
            learn.harness.processWatermark(EVENTS.get(EVENTS.size() / 2).time());
            one = learn.checkpoint();
        }

        OperatorSubtaskState two =
                AbstractStreamOperatorTestHarness.repackageState(part(one, 0), part(one, 1));

        assertThat(finish(two)).isEqualTo(finish(one));
    }

    /** Restores one of two subtasks and takes its snapshot without feeding it. */
    private static OperatorSubtaskState part(OperatorSubtaskState whole, int index)
            throws Exception {
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        whole, LearnHarness.GROUPS, 1, 2, index);
        try (LearnHarness learn =
                new LearnHarness(
                        LearnConfig.Order.EVENT_TIME, own, LearnHarness.FIRST_RUN, 2, index)) {
            return learn.checkpoint();
        }
    }

    private static String finish(OperatorSubtaskState state) throws Exception {
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, LearnHarness.GROUPS, 2, 1, 0);
        try (LearnHarness learn = LearnHarness.restore(own)) {
            return learn.finish();
        }
    }

    @Test
    void pagesArePublishedAtTheIntervalWhenSomethingChanged() throws Exception {
        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.ARRIVAL)) {
            learn.harness.setProcessingTime(LearnHarness.INTERVAL_MS);
            assertThat(learn.pages()).as("nothing learnt yet").isEmpty();

            learn.feed(EVENTS.subList(0, 40));
            learn.harness.setProcessingTime(2 * LearnHarness.INTERVAL_MS - 1);
            assertThat(learn.pages()).as("too early").isEmpty();

            learn.harness.setProcessingTime(2 * LearnHarness.INTERVAL_MS);
            learn.harness.setProcessingTime(5 * LearnHarness.INTERVAL_MS);

            List<Manifest> manifests = learn.manifests();
            assertThat(manifests).hasSize(1);
            assertThat(manifests.get(0).publishedAt()).isEqualTo(2 * LearnHarness.INTERVAL_MS);
            assertThat(learn.pages().get(learn.pages().size() - 1).kind())
                    .isEqualTo(PageKind.MANIFEST);
        }
    }

    @Test
    void aCheckpointLeavesNothingUnpublished() throws Exception {
        OperatorSubtaskState snapshot;
        long published;
        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.ARRIVAL)) {
            learn.feed(EVENTS);
            snapshot = learn.checkpoint();
            published = learn.pages().stream().filter(p -> p.kind() == PageKind.ROW).count();
        }
        try (LearnHarness learn = LearnHarness.restore(snapshot)) {
            learn.finish();

            assertThat(published).isPositive();
            assertThat(learn.pages()).extracting(Page::kind).doesNotContain(PageKind.ROW);
        }
    }

    @Test
    void aModelFromNothingOnAUsedTopicBeginsALineageOfItsOwn() throws Exception {
        try (LearnHarness learn = LearnHarness.restore(null, new TrainerRun(5, 3))) {
            learn.feed(EVENTS);
            learn.finish();

            Manifest manifest = learn.manifests().get(0);
            assertThat(manifest.version().epoch()).isEqualTo(6);
            assertThat(manifest.lineage()).isEqualTo(6);
        }
    }

    @Test
    void aRestoredModelWhoseTopicAnotherOneHasUsedIsPublishedWhole() throws Exception {
        OperatorSubtaskState snapshot;
        long rows;
        try (LearnHarness learn = LearnHarness.start(LearnConfig.Order.ARRIVAL)) {
            learn.feed(EVENTS);
            snapshot = learn.checkpoint();
            rows = learn.manifests().get(0).rows();
        }
        try (LearnHarness learn = LearnHarness.restore(snapshot, new TrainerRun(2, 2))) {
            learn.finish();

            assertThat(learn.pages().stream().filter(page -> page.kind() == PageKind.ROW).count())
                    .isEqualTo(rows);
            assertThat(learn.manifests().get(0).lineage()).isEqualTo(3);
        }
    }

    private static List<Scored> feed(OnlineLearner learner, List<LearnerEvent> events) {
        List<Scored> all = new ArrayList<>();
        for (LearnerEvent event : events) {
            if (event instanceof Exposure exposure) {
                learner.expose(exposure);
            } else if (event instanceof Assumption assumption) {
                learner.assume(assumption);
            } else {
                Scored scored = learner.observe((Example) event);
                if (scored != null) {
                    all.add(scored);
                }
            }
        }
        return all;
    }
}
