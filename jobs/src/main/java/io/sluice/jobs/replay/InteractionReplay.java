package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds labelled events to learners in this thread. They are read in batches, so that the time of
 * encoding and learning can be measured without that of reading, and encoded in shorter ones that a
 * cache holds until all learners have seen them.
 *
 * <p>Where labels are delayed, an event is shown to the learners at its time, and its label behind
 * everything that happened until then.
 */
final class InteractionReplay {

    private static final int BATCH = 8192;
    private static final int ENCODED = 128;

    private final List<Lane> lanes;
    private final AsOfEncoder encoder;
    private final Stopwatch encoding;
    private final long delayMs;
    private final ArrayDeque<Example> unlabelled = new ArrayDeque<>();
    private final ArrayDeque<Interaction> unknown = new ArrayDeque<>();
    private final FeatureVector[] vectors = new FeatureVector[ENCODED];
    private final Interaction[] batch = new Interaction[BATCH];
    private final List<Example> examples = new ArrayList<>(ENCODED);

    /**
     * A stream for some learners.
     *
     * @param schema that all of them have
     * @param delayMs from an event to its label, 0 or more
     * @param encoding measures what they share
     */
    InteractionReplay(List<Lane> lanes, FeatureSchema schema, long delayMs, Stopwatch encoding) {
        this.lanes = lanes;
        this.encoding = encoding;
        this.delayMs = delayMs;
        encoder = new AsOfEncoder(schema);
        Arrays.setAll(vectors, i -> new FeatureVector());
    }

    void run(EventReader<Interaction> events, long limit, Progress progress) throws IOException {
        long left = limit;
        int size = fill(events, left);
        while (size > 0) {
            if (delayMs > 0) {
                showAndLearn(size);
            } else {
                for (int from = 0; from < size; from += ENCODED) {
                    learn(from, Math.min(size, from + ENCODED));
                }
            }
            progress.at(events.rows());
            left -= size;
            size = fill(events, left);
        }
        learnUntil(Long.MAX_VALUE);
    }

    private void showAndLearn(int size) {
        for (int i = 0; i < size; i++) {
            Interaction event = batch[i];
            learnUntil(event.timestamp());
            encoding.start();
            FeatureVector x = new FeatureVector();
            encode(event, x);
            encoder.add(Facts.of(event, false));
            unlabelled.add(example(event, x, event.timestamp() + delayMs, Example.Origin.HELD));
            unknown.add(event);
            Exposure shown =
                    new Exposure(
                            event.timestamp(),
                            event.request(),
                            List.of(new Exposure.Slot(event.item(), x)));
            encoding.stop();
            for (Lane lane : lanes) {
                lane.learn(List.of(shown), List.of(), List.of());
            }
        }
    }

    /** Learns the labels that became known before a time. */
    private void learnUntil(long time) {
        examples.clear();
        while (!unlabelled.isEmpty() && unlabelled.peek().time() < time) {
            Example known = unlabelled.remove();
            encoder.add(Facts.outcome(known.time(), unknown.remove()));
            examples.add(known);
        }
        if (!examples.isEmpty()) {
            for (Lane lane : lanes) {
                lane.learn(List.of(), List.of(), examples);
            }
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
            examples.add(example(batch[i], x, batch[i].timestamp(), Example.Origin.DIRECT));
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

    private static Example example(
            Interaction event, FeatureVector x, long known, Example.Origin origin) {
        return new Example(
                known, event.request(), event.item(), x, (float) event.label(), origin, Float.NaN);
    }

    /** Memory of the records of streaming features. */
    long streamingBytes() {
        return encoder.bytes();
    }
}
