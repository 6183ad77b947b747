package io.sluice.operators.train;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Correction;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A seeded stream of exposures and the examples that follow them. */
final class LearnerEvents {

    static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));

    static final ModelConfig MODEL = new ModelConfig(4, 0.1, 0.1, 0.05, 0.1, 1, 0.1, 0, 0, 0.8, 7);

    private static final FeatureEncoder ENCODER = new FeatureEncoder(SCHEMA);

    private LearnerEvents() {}

    /** In the order of learning; half of the examples are assumed to be negatives first. */
    static List<LearnerEvent> random(long seed, int requests) {
        Random random = new Random(seed);
        List<LearnerEvent> events = new ArrayList<>();
        for (int r = 0; r < requests; r++) {
            long at = 1_000L + 10L * r;
            String item = "i" + random.nextInt(20);
            FeatureVector x = vector("u" + random.nextInt(20), item);
            events.add(new Exposure(at, "r" + r, List.of(new Exposure.Slot(item, x))));
            long known = at + 1 + random.nextInt(300);
            int label = random.nextInt(3) == 0 ? 1 : 0;
            events.add(example(known, "r" + r, item, x, label));
            if (r % 2 == 0) {
                events.add(
                        new Assumption(
                                example(Math.min(known, at + 50), "r" + r, item, x, 0),
                                Correction.RETRACT));
            }
        }
        events.sort(LearnerEventOrder.INSTANCE);
        return events;
    }

    private static Example example(
            long time, String request, String item, FeatureVector x, int label) {
        return new Example(time, request, item, x, label, Example.Origin.HELD, Float.NaN);
    }

    private static FeatureVector vector(String user, String item) {
        FeatureVector x = new FeatureVector();
        ENCODER.encode(
                0, user, Attributes.EMPTY, item, Attributes.EMPTY, -1, StreamedValues.NONE, x);
        return x.copy();
    }
}
