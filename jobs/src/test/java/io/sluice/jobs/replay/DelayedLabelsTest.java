package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.OpenWindow;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replay whose labels come later than their events. */
class DelayedLabelsTest {

    private static final long DELAY_MS = 5_000;
    private static final int EVENTS = 600;

    private static final SluiceConfig CONFIG =
            new ConfigLoader()
                    .set("memory.mode=residual")
                    .set("streaming=[{name: liked, kind: count, scope: [item], of: positives}]")
                    .load();

    @Test
    void aLabelChangesNothingBeforeItIsKnown() throws IOException {
        List<Interaction> events = events();
        List<Scored> plain = run(events, DELAY_MS);
        int changed = 200;
        Interaction event = events.get(changed);
        events.set(changed, labelled(event, 1 - event.label()));
        List<Scored> other = run(events, DELAY_MS);
        long known = event.timestamp() + DELAY_MS;

        boolean differs = false;
        for (int i = 0; i < EVENTS; i++) {
            boolean same = plain.get(i).prediction() == other.get(i).prediction();
            if (events.get(i).timestamp() <= known) {
                assertThat(same).as("event %d, before the label is known", i).isTrue();
            }
            differs |= !same;
        }
        assertThat(differs).isTrue();
    }

    @Test
    void withoutDelayTheNextEventKnows() throws IOException {
        List<Interaction> events = events();
        List<Scored> plain = run(events, 0);
        events.set(200, labelled(events.get(200), 1 - events.get(200).label()));
        List<Scored> other = run(events, 0);

        assertThat(other.subList(0, 200)).isEqualTo(plain.subList(0, 200));
        assertThat(other.get(201).prediction()).isNotEqualTo(plain.get(201).prediction());
    }

    @ParameterizedTest
    @EnumSource
    void everyEventIsJudgedOnceWhereItWasShownByItsFinalLabel(OpenWindow.Rule rule)
            throws IOException {
        List<Interaction> events = events();
        List<Scored> scored =
                run(events, new DelayedLabels(rule, 0.25, DELAY_MS, 1_000, 1, Optional.empty()));

        assertThat(scored).hasSize(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            assertThat(scored.get(i).request()).isEqualTo(Integer.toString(i));
            assertThat(scored.get(i).time()).isEqualTo(events.get(i).timestamp());
            assertThat(scored.get(i).label()).isEqualTo((float) events.get(i).label());
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRuleKnowsALabelBeforeItIsKnown(OpenWindow.Rule rule) throws IOException {
        DelayedLabels labels = new DelayedLabels(rule, 0.25, DELAY_MS, 1_000, 1, Optional.empty());
        List<Interaction> events = events();
        List<Scored> plain = run(events, labels);
        Interaction event = events.get(200);
        Interaction other = labelled(event, 1 - event.label());
        events.set(200, other);
        List<Scored> changed = run(events, labels);
        // A lack of a positive is known as soon as that positive would have come.
        long known = Math.min(labels.known(event), labels.known(other));

        for (int i = 0; i < EVENTS && events.get(i).timestamp() <= known; i++) {
            assertThat(changed.get(i).prediction()).isEqualTo(plain.get(i).prediction());
        }
        assertThat(changed.get(EVENTS - 1).prediction())
                .isNotEqualTo(plain.get(EVENTS - 1).prediction());
    }

    @Test
    void positivesComeAfterAMeanTimeWithinTheWindow() {
        DelayedLabels labels =
                new DelayedLabels(
                        OpenWindow.Rule.RETRACT, 0.25, 60_000, 10_000, 1, Optional.empty());
        double sum = 0;
        for (Interaction event : events()) {
            long negative = labels.known(labelled(event, 0)) - event.timestamp();
            long positive = labels.known(labelled(event, 1)) - event.timestamp();
            assertThat(negative).isEqualTo(60_000);
            assertThat(positive).isBetween(0L, 60_000L);
            sum += positive;
        }
        // 10 s less what is cut off beyond a minute; 600 draws.
        assertThat(sum / EVENTS).isCloseTo(9_850, within(1_500.0));
    }

    /** What a stream begins with: a fresh model, and positives that come long before negatives. */
    @Test
    void aNewModelIsNotCarriedAwayByPositivesThatComeFirst() throws IOException {
        List<Interaction> events = rare();
        double asKnown = first(events, OpenWindow.Rule.AS_KNOWN);
        double retract = first(events, OpenWindow.Rule.RETRACT);
        double wait = first(events, OpenWindow.Rule.WAIT);

        assertThat(asKnown).isGreaterThan(1.2 * retract);
        assertThat(retract).isLessThan(1.05 * wait);
    }

    /** Mean logloss of the second window; in the first one nobody has seen a label. */
    private static double first(List<Interaction> events, OpenWindow.Rule rule) throws IOException {
        List<Scored> scored =
                run(events, new DelayedLabels(rule, 0.25, DELAY_MS, 500, 1, Optional.empty()));
        double sum = 0;
        for (Scored each : scored.subList(50, 150)) {
            sum -= Math.log(each.label() == 1 ? each.prediction() : 1 - each.prediction());
        }
        return sum / 100;
    }

    /** One positive in ten. */
    private static List<Interaction> rare() {
        List<Interaction> events = new ArrayList<>();
        for (Interaction event : events()) {
            int row = Integer.parseInt(event.request());
            events.add(labelled(event, row % 10 == 3 ? 1 : 0));
        }
        return events;
    }

    /** Judged predictions in the order of the events. */
    private static List<Scored> run(List<Interaction> events, long delayMs) throws IOException {
        return run(
                events,
                new DelayedLabels(OpenWindow.Rule.AS_KNOWN, 0, delayMs, 0, 1, Optional.empty()));
    }

    private static List<Scored> run(List<Interaction> events, DelayedLabels labels)
            throws IOException {
        List<Scored> scored = new ArrayList<>();
        OnlineLearner learner = new OnlineLearner(CONFIG.model(), CONFIG.memory(), CONFIG.schema());
        Lane lane =
                new Lane(CONFIG.model(), new Judged(false, Optional.empty(), scored::add), learner);
        InteractionReplay replay =
                new InteractionReplay(List.of(lane), CONFIG.schema(), labels, new Stopwatch());
        replay.run(
                EventReader.of(events.iterator()),
                Long.MAX_VALUE,
                new Progress(new PrintWriter(Writer.nullWriter()), "", 0));
        assertThat(learner.heldPredictions()).isZero();
        assertThat(learner.heldAssumptions()).isZero();
        return scored;
    }

    private static List<Interaction> events() {
        Random random = new Random(3);
        List<Interaction> events = new ArrayList<>();
        long time = 1_700_000_000_000L;
        for (int i = 0; i < EVENTS; i++) {
            time += random.nextInt(200);
            events.add(
                    new Interaction(
                            Integer.toString(i),
                            time,
                            "u" + random.nextInt(8),
                            "i" + random.nextInt(5),
                            random.nextInt(2),
                            Double.NaN,
                            Attributes.EMPTY,
                            Attributes.EMPTY));
        }
        return events;
    }

    private static Interaction labelled(Interaction event, double label) {
        return new Interaction(
                event.request(),
                event.timestamp(),
                event.user(),
                event.item(),
                label,
                event.value(),
                event.context(),
                event.features());
    }
}
