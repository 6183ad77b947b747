package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.jobs.report.Arm;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.event.Interaction;
import io.sluice.state.learner.OnlineLearner;
import java.io.IOException;
import java.util.Map;

/** A data set through the learner in this thread, without Kafka and Flink. */
final class InProcessReplay {

    private final EventSource source;
    private final ReplaySettings settings;
    private final Progress progress;
    private final OnlineLearner learner;
    private final Stopwatch watch = new Stopwatch();

    InProcessReplay(EventSource source, ReplaySettings settings, Progress progress) {
        this.source = source;
        this.settings = settings;
        this.progress = progress;
        learner =
                new OnlineLearner(
                        settings.model(), settings.features(), settings.ranking().elimination());
    }

    /** The learner that is fed. */
    OnlineLearner learner() {
        return learner;
    }

    Run run(ExampleKind kind) throws IOException {
        return run(kind, new Judged(kind == ExampleKind.SLATES));
    }

    /** Runs it, every judged prediction going to {@code judged}. */
    Run run(ExampleKind kind, Judged judged) throws IOException {
        return kind == ExampleKind.SLATES ? slates(judged) : interactions(judged);
    }

    private Run interactions(Judged judged) throws IOException {
        try (EventReader<Interaction> events = source.interactions()) {
            InteractionReplay replay = new InteractionReplay(learner, watch);
            replay.run(events, settings.limit(), judged, progress);
            return new Run(judged, events.rows(), 0, cost(replay.streamingBytes()), Map.of());
        }
    }

    private Run slates(Judged judged) throws IOException {
        try (EventReader<Slate> slates = source.slates();
                EventReader<Interaction> events =
                        source.hasBehaviour() ? source.interactions() : EventReader.none()) {
            Behaviour behaviour = new Behaviour(events);
            SlateReplay replay = new SlateReplay(learner, settings.ranking(), watch);
            replay.run(slates, behaviour, settings.limit(), judged, progress);
            return new Run(
                    judged,
                    slates.rows(),
                    behaviour.count(),
                    cost(replay.streamingBytes()),
                    Map.of());
        }
    }

    private Arm.Cost cost(long streamingBytes) {
        return new Arm.Cost(
                learner.bytes(),
                streamingBytes,
                settings.model().memory().reported(),
                watch.perSecond(learner.examples()),
                LearnerCodec.digest(learner));
    }
}
