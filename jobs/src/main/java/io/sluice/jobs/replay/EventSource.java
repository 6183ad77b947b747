package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.DataSet;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
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

    EventSource(DataSet data, ReplaySettings settings, DeadLetterBox dead) throws IOException {
        this.data = data;
        this.dead = dead;
        wanted = WantedNames.of(settings.features());
        labelThreshold = settings.labelThreshold();
        negatives = settings.negatives();
        seed = settings.model().seed();
        sides = data.sides(wanted.context()::contains, wanted.features()::contains, dead);
    }

    EventReader<Interaction> interactions() throws IOException {
        EventReader<Interaction> events =
                data.interactions(wanted.context()::contains, sides, labelThreshold, dead);
        // Behaviour beside slates is no example and needs no negatives.
        return negatives == 0 || data.hasBehaviour()
                ? events
                : new SampledNegatives(events, negatives, seed, sides.items());
    }

    EventReader<Slate> slates() throws IOException {
        return data.slates(wanted.context()::contains, wanted.features()::contains, sides, dead);
    }

    boolean hasBehaviour() {
        return data.hasBehaviour();
    }
}
