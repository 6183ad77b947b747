package io.sluice.jobs.replay;

import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.OpenWindow;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Shows events to learners at their time and lets their labels become known later, in the total
 * order of the training job ({@link LearnerEventOrder}). Streaming features learn of an outcome
 * when it is known, whatever is learnt before.
 */
final class LateLabels {

    private final List<Lane> lanes;
    private final DelayedLabels labels;
    private final OpenWindow open;
    private final AsOfEncoder encoder;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(
                    Comparator.comparing(Waiting::event, LearnerEventOrder.INSTANCE)
                            .thenComparingLong(Waiting::arrival));
    private final PriorityQueue<Outcome> outcomes =
            new PriorityQueue<>(
                    Comparator.comparingLong(Outcome::known).thenComparingLong(Outcome::arrival));
    private long arrivals;

    /**
     * What is to be learnt.
     *
     * @param shown the places of the prediction in the figures of each lane; null for what is not
     *     judged
     */
    private record Waiting(LearnerEvent event, long arrival, List<ShownOrder.Shown> shown) {}

    /** What streaming features are to be told. */
    private record Outcome(long known, long arrival, Interaction event) {}

    LateLabels(List<Lane> lanes, DelayedLabels labels, AsOfEncoder encoder) {
        this.lanes = lanes;
        this.labels = labels;
        this.encoder = encoder;
        open = labels.open();
    }

    /** Something was shown; times must not go back. */
    void show(Interaction event, FeatureVector x) {
        long time = event.timestamp();
        long known = labels.known(event);
        outcomes.add(new Outcome(known, arrivals, event));
        await(
                new Exposure(time, event.request(), List.of(new Exposure.Slot(event.item(), x))),
                null);
        long assumed = open.assumedAt(event.request(), time);
        if (assumed < known) {
            Example negative = held(event, x, assumed, 0);
            await(new Assumption(negative, open.correction().orElseThrow()), null);
        }
        await(
                held(event, x, open.learntAt(time, known), (float) event.label()),
                lanes.stream().map(lane -> lane.judgedInOrder().show(time)).toList());
    }

    private static Example held(Interaction event, FeatureVector x, long time, float label) {
        return new Example(
                time, event.request(), event.item(), x, label, Example.Origin.HELD, Float.NaN);
    }

    private void await(LearnerEvent event, List<ShownOrder.Shown> shown) {
        waiting.add(new Waiting(event, arrivals++, shown));
    }

    /** Learns all that is to be learnt before a time. */
    void learnBefore(long time) {
        while (!waiting.isEmpty() && waiting.peek().event().time() < time) {
            Waiting next = waiting.remove();
            for (int i = 0; i < lanes.size(); i++) {
                if (next.event() instanceof Example example) {
                    lanes.get(i).learn(example, next.shown().get(i));
                } else {
                    lanes.get(i).prepare(next.event());
                }
            }
        }
        while (!outcomes.isEmpty() && outcomes.peek().known() < time) {
            Outcome next = outcomes.remove();
            encoder.add(Facts.outcome(next.known(), next.event()));
        }
    }

    /** Learns all that is left. */
    void learnAll() {
        learnBefore(Long.MAX_VALUE);
    }
}
