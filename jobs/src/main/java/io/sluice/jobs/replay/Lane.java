package io.sluice.jobs.replay;

import io.sluice.jobs.report.Arm;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.evaluate.RankedSlates;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.rank.LabelledSlate;
import java.util.ArrayList;
import java.util.List;

/**
 * One learner on the stream: it is shown what others are shown too, and is judged for itself.
 * Several of them on one stream are as good as one run each, and share reading and encoding.
 */
final class Lane {

    private final ModelConfig model;
    private final OnlineLearner learner;
    private final Judged judged;
    private final Stopwatch watch = new Stopwatch();
    private final List<Scored> scored = new ArrayList<>();
    private final ShownOrder inOrder;

    Lane(ReplaySettings settings, Judged judged) {
        this(
                settings.model(),
                judged,
                new OnlineLearner(
                        settings.model(),
                        settings.memory(),
                        settings.drift(),
                        settings.features(),
                        settings.ranking().elimination()));
        RankedSlates ranked = new RankedSlates(settings.ranking(), learner.ranker());
        judged.judgeOrders(ranked);
        learner.witnessSlates(slate -> judge(ranked, slate));
    }

    Lane(ModelConfig model, Judged judged, OnlineLearner learner) {
        this.model = model;
        this.judged = judged;
        this.learner = learner;
        inOrder = new ShownOrder(judged::add);
        learner.watchDrift(judged::alarm);
    }

    /** What judging takes is not what learning takes. */
    private void judge(RankedSlates ranked, LabelledSlate slate) {
        watch.stop();
        ranked.add(slate);
        watch.start();
    }

    /** Learns examples that are exposed at other times, or were; nothing of them is kept. */
    void learn(List<Exposure> exposures, List<SlateShown> slates, List<Example> examples) {
        watch.start();
        scored.clear();
        exposures.forEach(learner::expose);
        slates.forEach(learner::show);
        for (Example example : examples) {
            Scored result = learner.observe(example);
            if (result != null) {
                scored.add(result);
            }
        }
        watch.stop();
        scored.forEach(judged::add);
    }

    /** Predicts what is shown, or learns what is assumed of it. */
    void prepare(LearnerEvent event) {
        watch.start();
        if (event instanceof Exposure exposure) {
            learner.expose(exposure);
        } else if (event instanceof Assumption assumption) {
            learner.assume(assumption);
        }
        watch.stop();
    }

    /** Learns an example that was shown before, to be judged where it was shown. */
    void learn(Example example, ShownOrder.Shown shown) {
        watch.start();
        Scored result = learner.observe(example);
        watch.stop();
        inOrder.judge(shown, result);
    }

    /** Where predictions are announced whose labels come late. */
    ShownOrder judgedInOrder() {
        return inOrder;
    }

    Judged judged() {
        return judged;
    }

    OnlineLearner learner() {
        return learner;
    }

    /**
     * The time that the examples took, as if this lane had been alone.
     *
     * @param encoding the time of what all lanes share
     */
    Stopwatch watch(Stopwatch encoding) {
        return watch.plus(encoding);
    }

    /**
     * What the learner took, as if this lane had been alone.
     *
     * @param encoding the time of what all lanes share
     * @param streamingBytes memory of the records of streaming features, which they share too
     */
    Arm.Cost cost(Stopwatch encoding, long streamingBytes) {
        return new Arm.Cost(
                learner.bytes(),
                streamingBytes,
                model.memory().reported(),
                watch(encoding).perSecond(learner.examples()),
                LearnerCodec.digest(learner));
    }
}
