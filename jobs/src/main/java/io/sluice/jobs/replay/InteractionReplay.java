package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import java.io.IOException;

/**
 * Feeds labelled events to a learner in this thread. They are read in batches, so that the time of
 * encoding and learning can be measured without that of reading.
 */
final class InteractionReplay {

    private static final int BATCH = 8192;

    private final OnlineLearner learner;
    private final AsOfEncoder encoder;
    private final Stopwatch watch;
    private final FeatureVector vector = new FeatureVector();
    private final Interaction[] batch = new Interaction[BATCH];
    private final Scored[] scored = new Scored[BATCH];

    InteractionReplay(OnlineLearner learner, Stopwatch watch) {
        this.learner = learner;
        this.watch = watch;
        encoder = new AsOfEncoder(learner.schema());
    }

    void run(EventReader<Interaction> events, long limit, Judged judged, Progress progress)
            throws IOException {
        long left = limit;
        int size = fill(events, left);
        while (size > 0) {
            watch.start();
            for (int i = 0; i < size; i++) {
                scored[i] = learn(batch[i]);
            }
            watch.stop();
            for (int i = 0; i < size; i++) {
                if (scored[i] != null) {
                    judged.add(scored[i]);
                }
            }
            progress.at(events.rows());
            left -= size;
            size = fill(events, left);
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

    private Scored learn(Interaction event) {
        encoder.request(event.timestamp(), event.user(), event.context());
        encoder.item(event.item(), event.features());
        encoder.encode(FeatureEncoder.NEUTRAL_POSITION, vector);
        encoder.add(Facts.of(event, true));
        return learner.observe(
                new Example(
                        event.timestamp(),
                        event.request(),
                        event.item(),
                        vector,
                        (float) event.label(),
                        Example.Origin.DIRECT,
                        Float.NaN));
    }

    /** Memory of the records of streaming features. */
    long streamingBytes() {
        return encoder.bytes();
    }
}
