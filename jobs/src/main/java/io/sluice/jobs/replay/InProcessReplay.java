package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
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

    /** Runs it with the learner of the settings. */
    Run run(ExampleKind kind) throws IOException {
        Judged judged = new Judged(kind == ExampleKind.SLATES);
        return run(kind, List.of(new Lane(settings.model(), settings.features(), judged))).get(0);
    }

    /** Runs it once for all lanes, which have the features of the settings; a result for each. */
    List<Run> run(ExampleKind kind, List<Lane> lanes) throws IOException {
        return kind == ExampleKind.SLATES ? slates(lanes) : interactions(lanes);
    }

    private List<Run> interactions(List<Lane> lanes) throws IOException {
        try (EventReader<Interaction> events = source.interactions()) {
            new InteractionReplay(lanes, settings.features(), encoding)
                    .run(events, settings.limit(), progress);
            return runs(lanes, events.rows(), 0);
        }
    }

    private List<Run> slates(List<Lane> lanes) throws IOException {
        try (EventReader<Slate> slates = source.slates();
                EventReader<Interaction> events =
                        source.hasBehaviour() ? source.interactions() : EventReader.none()) {
            Behaviour behaviour = new Behaviour(events);
            new SlateReplay(lanes, settings.features(), encoding)
                    .run(slates, behaviour, settings.limit(), progress);
            return runs(lanes, slates.rows(), behaviour.count());
        }
    }

    private List<Run> runs(List<Lane> lanes, long rows, long behaviour) {
        return lanes.stream()
                .map(lane -> new Run(lane.judged(), rows, behaviour, lane.cost(encoding), Map.of()))
                .toList();
    }
}
