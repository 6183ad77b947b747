package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEventOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds slates to learners in this thread, moment by moment: all slates of one timestamp are
 * predicted whole before any of their labels is learnt. The outcome of a slate counts as known at
 * its own timestamp.
 */
final class SlateReplay {

    private final List<Lane> lanes;
    private final AsOfEncoder encoder;
    private final Stopwatch encoding;
    private final FeatureVector vector = new FeatureVector();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();

    /**
     * A stream for some learners.
     *
     * @param schema that all of them have
     * @param encoding measures what they share
     */
    SlateReplay(List<Lane> lanes, FeatureSchema schema, Stopwatch encoding) {
        this.lanes = lanes;
        this.encoding = encoding;
        encoder = new AsOfEncoder(schema);
    }

    void run(EventReader<Slate> slates, Behaviour behaviour, long limit, Progress progress)
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
            progress.at(slates.rows());
        }
        if (taken < limit) {
            behaviour.passRest(this::happened);
        }
    }

    private void happened(Interaction event) {
        encoding.start();
        encoder.add(Facts.of(event, false));
        encoding.stop();
    }

    private void learn(List<Slate> moment) {
        encoding.start();
        exposures.clear();
        examples.clear();
        moment.forEach(this::encode);
        exposures.sort(LearnerEventOrder.INSTANCE);
        examples.sort(LearnerEventOrder.INSTANCE);
        encoding.stop();
        for (Lane lane : lanes) {
            lane.learn(exposures, examples);
        }
    }

    private void encode(Slate slate) {
        Impression shown = slate.impression();
        List<Exposure.Slot> slots = new ArrayList<>(shown.items().size());
        encoder.request(shown.timestamp(), shown.user(), shown.context());
        for (ShownItem item : shown.items()) {
            boolean taken = slate.clicked().contains(item.id());
            encoder.item(item.id(), item.features());
            slots.add(new Exposure.Slot(item.id(), encode(FeatureEncoder.NEUTRAL_POSITION)));
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
