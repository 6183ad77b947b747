package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.DataSet;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.SideTables;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Interaction;
import java.io.IOException;

/**
 * The events of a data set as one configuration wants them: with the attributes that its features
 * read, labelled by its rule.
 */
final class EventSource {

    private final DataSet data;
    private final WantedNames wanted;
    private final double labelThreshold;
    private final int negatives;
    private final long seed;
    private final DeadLetterBox dead;
    private final SideTables sides;
    private final Cutoff cutoff;

    EventSource(DataSet data, ReplaySettings settings, DeadLetterBox dead) throws IOException {
        this(data, settings, dead, new Cutoff(Long.MAX_VALUE));
    }

    /** Only the events before a time. */
    EventSource(DataSet data, ReplaySettings settings, DeadLetterBox dead, Cutoff cutoff)
            throws IOException {
        this(data, WantedNames.of(settings.features()), settings, dead, cutoff);
    }

    /** Events with the attributes that are wanted, and no others. */
    EventSource(DataSet data, WantedNames wanted, ReplaySettings settings, DeadLetterBox dead)
            throws IOException {
        this(data, wanted, settings, dead, new Cutoff(Long.MAX_VALUE));
    }

    private EventSource(
            DataSet data,
            WantedNames wanted,
            ReplaySettings settings,
            DeadLetterBox dead,
            Cutoff cutoff)
            throws IOException {
        this.cutoff = cutoff;
        this.data = data;
        this.dead = dead;
        this.wanted = wanted;
        labelThreshold = settings.labelThreshold();
        negatives = settings.negatives();
        seed = settings.model().seed();
        sides = data.sides(wanted.context()::contains, wanted.features()::contains, dead);
    }

    EventReader<Interaction> interactions() throws IOException {
        EventReader<Interaction> events =
                cutoff.apply(
                        data.interactions(wanted.context()::contains, sides, labelThreshold, dead),
                        ExampleKind.INTERACTIONS,
                        Interaction::timestamp);
        // Behaviour beside slates is no example and needs no negatives.
        return negatives == 0 || data.hasBehaviour()
                ? events
                : new SampledNegatives(events, negatives, seed, sides.items());
    }

    EventReader<Slate> slates() throws IOException {
        return cutoff.apply(
                data.slates(wanted.context()::contains, wanted.features()::contains, sides, dead),
                ExampleKind.SLATES,
                slate -> slate.impression().timestamp());
    }

    /** What is known beside the events. */
    SideTables sides() {
        return sides;
    }

    boolean hasBehaviour() {
        return data.hasBehaviour();
    }
}
