package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds slates to a learner in this thread, moment by moment: all slates of one timestamp are
 * predicted whole before any of their labels is learnt. The outcome of a slate counts as known at
 * its own timestamp.
 */
final class SlateReplay {

    private final OnlineLearner learner;
    private final FeatureEncoder encoder;
    private final Stopwatch watch;
    private final FeatureVector vector = new FeatureVector();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private final List<Scored> scored = new ArrayList<>();

    SlateReplay(OnlineLearner learner, Stopwatch watch) {
        this.learner = learner;
        this.watch = watch;
        encoder = new FeatureEncoder(learner.schema());
    }

    void run(
            EventReader<Slate> slates,
            Behaviour behaviour,
            long limit,
            Judged judged,
            Progress progress)
            throws IOException {
        long taken = 0;
        List<Slate> moment = new ArrayList<>();
        Slate next = limit > 0 ? slates.next() : null;
        while (next != null) {
            long time = next.impression().timestamp();
            behaviour.passBefore(time);
            moment.clear();
            while (next != null && next.impression().timestamp() == time) {
                moment.add(next);
                taken++;
                next = taken < limit ? slates.next() : null;
            }
            learn(moment);
            scored.forEach(judged::add);
            progress.at(slates.rows());
        }
        if (taken < limit) {
            behaviour.passRest();
        }
    }

    private void learn(List<Slate> moment) {
        watch.start();
        exposures.clear();
        examples.clear();
        scored.clear();
        moment.forEach(this::encode);
        exposures.sort(LearnerEventOrder.INSTANCE);
        examples.sort(LearnerEventOrder.INSTANCE);
        exposures.forEach(learner::expose);
        for (Example example : examples) {
            Scored result = learner.observe(example);
            if (result != null) {
                scored.add(result);
            }
        }
        watch.stop();
    }

    private void encode(Slate slate) {
        Impression shown = slate.impression();
        List<Exposure.Slot> slots = new ArrayList<>(shown.items().size());
        for (ShownItem item : shown.items()) {
            slots.add(
                    new Exposure.Slot(
                            item.id(), encode(shown, item, FeatureEncoder.NEUTRAL_POSITION)));
            examples.add(
                    new Example(
                            shown.timestamp(),
                            shown.request(),
                            item.id(),
                            encode(shown, item, item.position()),
                            slate.clicked().contains(item.id()) ? 1 : 0,
                            Example.Origin.HELD,
                            Float.NaN));
        }
        exposures.add(new Exposure(shown.timestamp(), shown.request(), slots));
    }

    private FeatureVector encode(Impression shown, ShownItem item, int position) {
        encoder.encode(
                shown.timestamp(),
                shown.user(),
                shown.context(),
                item.id(),
                item.features(),
                position,
                vector);
        return vector.copy();
    }
}
