package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.jobs.report.Arm;
import io.sluice.state.check.Checks;
import io.sluice.state.event.Interaction;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A data set through one learner or several in this thread, without Kafka and Flink. */
final class InProcessReplay {

    private final EventSource source;
    private final ReplaySettings settings;
    private final Progress progress;
    private final Stopwatch encoding = new Stopwatch();

    InProcessReplay(EventSource source, ReplaySettings settings, Progress progress) {
        this.source = source;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs it with the learner of the settings, every judged prediction going to {@code judged}.
     */
    Run run(ExampleKind kind, Judged judged) throws IOException {
        return run(kind, List.of(new Lane(settings, judged))).get(0);
    }

    /** Runs it once for all lanes, which have the features of the settings; a result for each. */
    List<Run> run(ExampleKind kind, List<Lane> lanes) throws IOException {
        return kind == ExampleKind.SLATES ? slates(lanes) : interactions(lanes);
    }

    private List<Run> interactions(List<Lane> lanes) throws IOException {
        try (EventReader<Interaction> events = source.interactions()) {
            InteractionReplay replay =
                    new InteractionReplay(lanes, settings.features(), settings.labels(), encoding);
            replay.run(events, settings.limit(), progress);
            return runs(lanes, events.rows(), 0, replay.streamingBytes());
        }
    }

    private List<Run> slates(List<Lane> lanes) throws IOException {
        Checks.that(
                !settings.labels().areLate(),
                "examples.delayMs",
                "0 where slates are the examples",
                settings.labels().windowMs());
        try (EventReader<Slate> slates = source.slates();
                EventReader<Interaction> events =
                        source.hasBehaviour() ? source.interactions() : EventReader.none()) {
            Behaviour behaviour = new Behaviour(events);
            SlateReplay replay = new SlateReplay(lanes, settings, encoding);
            SlateMoments.run(slates, behaviour, settings.limit(), progress, replay);
            return runs(lanes, slates.rows(), behaviour.count(), replay.streamingBytes());
        }
    }

    private List<Run> runs(List<Lane> lanes, long rows, long behaviour, long streamingBytes) {
        return lanes.stream().map(lane -> run(lane, rows, behaviour, streamingBytes)).toList();
    }

    private Run run(Lane lane, long rows, long behaviour, long streamingBytes) {
        Arm.Cost cost = lane.cost(encoding, streamingBytes);
        return new Run(lane.judged(), rows, behaviour, cost, Map.of());
    }
}
