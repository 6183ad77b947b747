package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.ItemGroup;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.rank.RankConfig;
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
    private final AsOfEncoder encoder;
    private final Stopwatch watch;
    private final FeatureVector vector = new FeatureVector();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<SlateShown> slates = new ArrayList<>();
    private final boolean ranks;
    private final ItemGroup groups; // null: there are none
    private final List<Example> examples = new ArrayList<>();
    private final List<Scored> scored = new ArrayList<>();

    SlateReplay(OnlineLearner learner, RankConfig ranking, Stopwatch watch) {
        this.learner = learner;
        ranks = ranking.learn();
        groups =
                ranking.group()
                        .map(name -> new ItemGroup(learner.schema().feature(name)))
                        .orElse(null);
        this.watch = watch;
        encoder = new AsOfEncoder(learner.schema());
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
            behaviour.passBefore(time, this::happened);
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
            behaviour.passRest(this::happened);
        }
    }

    private void happened(Interaction event) {
        watch.start();
        encoder.add(Facts.of(event, false));
        watch.stop();
    }

    private void learn(List<Slate> moment) {
        watch.start();
        exposures.clear();
        slates.clear();
        examples.clear();
        scored.clear();
        moment.forEach(this::encode);
        exposures.sort(LearnerEventOrder.INSTANCE);
        examples.sort(LearnerEventOrder.INSTANCE);
        exposures.forEach(learner::expose);
        slates.sort(LearnerEventOrder.INSTANCE);
        slates.forEach(learner::show);
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
        List<SlateShown.Slot> pool = new ArrayList<>(shown.items().size());
        encoder.request(shown.timestamp(), shown.user(), shown.context());
        for (ShownItem item : shown.items()) {
            boolean taken = slate.clicked().contains(item.id());
            encoder.item(item.id(), item.features());
            FeatureVector neutral = encode(FeatureEncoder.NEUTRAL_POSITION);
            slots.add(new Exposure.Slot(item.id(), neutral));
            pool.add(
                    new SlateShown.Slot(
                            item.id(),
                            neutral,
                            groups == null ? 0 : groups.of(item.id(), item.features()),
                            item.position(),
                            (float) item.propensity()));
            examples.add(
                    new Example(
                            shown.timestamp(),
                            shown.request(),
                            item.id(),
                            encode(item.position()),
                            taken ? 1 : 0,
                            Example.Origin.HELD,
                            Float.NaN));
            encoder.add(Facts.shown(shown, item));
            encoder.add(Facts.outcome(shown.timestamp(), shown, item, taken ? 1 : 0));
            encoder.add(
                    Facts.feedback(
                            shown.timestamp(),
                            taken ? PipelineConfig.TAKEN : PipelineConfig.LEFT,
                            shown,
                            item,
                            Double.NaN));
        }
        exposures.add(new Exposure(shown.timestamp(), shown.request(), slots));
        if (ranks) {
            slates.add(new SlateShown(shown.timestamp(), shown.request(), pool));
        }
    }

    private FeatureVector encode(int position) {
        encoder.encode(position, vector);
        return vector.copy();
    }

    /** Memory of the records of streaming features. */
    long streamingBytes() {
        return encoder.bytes();
    }
}
