package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds labelled events to learners in this thread. They are read in batches, so that the time of
 * encoding and learning can be measured without that of reading, and encoded in shorter ones that a
 * cache holds until all learners have seen them.
 *
 * <p>Where labels are delayed, an event is shown to the learners at its time, and its label behind
 * everything that happened until then: {@link LateLabels}.
 */
final class InteractionReplay {

    private static final int BATCH = 8192;
    private static final int ENCODED = 128;

    private final List<Lane> lanes;
    private final AsOfEncoder encoder;
    private final Stopwatch encoding;
    private final LateLabels late; // null: labels come with their events
    private final FeatureVector[] vectors = new FeatureVector[ENCODED];
    private final Interaction[] batch = new Interaction[BATCH];
    private final List<Example> examples = new ArrayList<>(ENCODED);

    /**
     * A stream for some learners.
     *
     * @param schema that all of them have
     * @param labels when they become known
     * @param encoding measures what they share
     */
    InteractionReplay(
            List<Lane> lanes, FeatureSchema schema, DelayedLabels labels, Stopwatch encoding) {
        this.lanes = lanes;
        this.encoding = encoding;
        encoder = new AsOfEncoder(schema);
        late = labels.areLate() ? new LateLabels(lanes, labels, encoder) : null;
        Arrays.setAll(vectors, i -> new FeatureVector());
    }

    void run(EventReader<Interaction> events, long limit, Progress progress) throws IOException {
        long left = limit;
        int size = fill(events, left);
        while (size > 0) {
            if (late != null) {
                show(size);
            } else {
                for (int from = 0; from < size; from += ENCODED) {
                    learn(from, Math.min(size, from + ENCODED));
                }
            }
            progress.at(events.rows());
            left -= size;
            size = fill(events, left);
        }
        if (late != null) {
            late.learnAll();
        }
    }

    private void show(int size) {
        for (int i = 0; i < size; i++) {
            Interaction event = batch[i];
            late.learnBefore(event.timestamp());
            encoding.start();
            FeatureVector x = new FeatureVector();
            encode(event, x);
            encoder.add(Facts.of(event, false));
            encoding.stop();
            late.show(event, x);
        }
    }

    private int fill(EventReader<Interaction> events, long left) throws IOException {
        int size = 0;
        while (size < BATCH && size < left) {
            Interaction event = events.next();
            if (event == null) {
                break;
            }
            batch[size++] = event;
        }
        return size;
    }

    private void learn(int from, int to) {
        encoding.start();
        examples.clear();
        for (int i = from; i < to; i++) {
            FeatureVector x = vectors[i - from];
            encode(batch[i], x);
            encoder.add(Facts.of(batch[i], true));
            examples.add(example(batch[i], x));
        }
        encoding.stop();
        for (Lane lane : lanes) {
            lane.learn(List.of(), List.of(), examples);
        }
    }

    private void encode(Interaction event, FeatureVector vector) {
        encoder.request(event.timestamp(), event.user(), event.context());
        encoder.item(event.item(), event.features());
        encoder.encode(FeatureEncoder.NEUTRAL_POSITION, vector);
    }

    private static Example example(Interaction event, FeatureVector x) {
        return new Example(
                event.timestamp(),
                event.request(),
                event.item(),
                x,
                (float) event.label(),
                Example.Origin.DIRECT,
                Float.NaN);
    }

    /** Memory of the records of streaming features. */
    long streamingBytes() {
        return encoder.bytes();
    }
}
