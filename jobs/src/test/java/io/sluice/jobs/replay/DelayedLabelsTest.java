package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

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

    @Test
    void everyEventIsJudgedOnceAndAtTheTimeOfItsLabel() throws IOException {
        List<Interaction> events = events();
        List<Scored> scored = run(events, DELAY_MS);

        assertThat(scored).hasSize(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            assertThat(scored.get(i).time()).isEqualTo(events.get(i).timestamp() + DELAY_MS);
        }
    }

    /** Judged predictions in the order of the events. */
    private static List<Scored> run(List<Interaction> events, long delayMs) throws IOException {
        List<Scored> scored = new ArrayList<>();
        OnlineLearner learner = new OnlineLearner(CONFIG.model(), CONFIG.memory(), CONFIG.schema());
        Lane lane =
                new Lane(CONFIG.model(), new Judged(false, Optional.empty(), scored::add), learner);
        InteractionReplay replay =
                new InteractionReplay(List.of(lane), CONFIG.schema(), delayMs, new Stopwatch());
        replay.run(
                new Held(events.iterator()),
                Long.MAX_VALUE,
                new Progress(new PrintWriter(Writer.nullWriter()), "", 0));
        assertThat(learner.heldPredictions()).isZero();
        scored.sort(Comparator.comparing(each -> Integer.parseInt(each.request())));
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

    /** Events that are in memory already. */
    private record Held(Iterator<Interaction> events) implements EventReader<Interaction> {

        @Override
        public Interaction next() {
            return events.hasNext() ? events.next() : null;
        }

        @Override
        public long rows() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
