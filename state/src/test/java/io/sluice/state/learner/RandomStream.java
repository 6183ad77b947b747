package io.sluice.state.learner;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A seeded stream of learner events with exposures, held, logged and direct examples. */
public final class RandomStream {

    /** User and item ids. */
    public static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));

    private static final FeatureEncoder ENCODER = new FeatureEncoder(SCHEMA);

    private RandomStream() {}

    /** Settings with everything switched on. */
    public static ModelConfig config(double keepRate) {
        return new ModelConfig(4, 0.1, 0.1, 0.05, 0.1, 0.9999, 0.1, 1e-4, 1e-4, keepRate, 7);
    }

    /** {@code requests} requests of up to five slots, in learner order. */
    public static List<LearnerEvent> events(long seed, int requests) {
        Random random = new Random(seed);
        List<LearnerEvent> events = new ArrayList<>();
        for (int r = 0; r < requests; r++) {
            long shown = 1_000L * r;
            String request = "r" + r;
            String user = "u" + random.nextInt(50);
            List<Exposure.Slot> slots = new ArrayList<>();
            for (int s = 0; s < 1 + random.nextInt(5); s++) {
                String item = "i" + random.nextInt(40) + "-" + s;
                FeatureVector x = vector(user, item);
                float label = random.nextInt(4) == 0 ? 1 : 0;
                long known = shown + 1 + random.nextInt(60_000);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        slots.add(new Exposure.Slot(item, x));
                        events.add(example(known, request, item, x, label, Example.Origin.HELD));
                    }
                    case 1 ->
                            events.add(
                                    new Example(
                                            known,
                                            request,
                                            item,
                                            x,
                                            label,
                                            Example.Origin.LOGGED,
                                            random.nextFloat()));
                    default ->
                            events.add(
                                    example(known, request, item, x, label, Example.Origin.DIRECT));
                }
            }
            if (!slots.isEmpty()) {
                events.add(new Exposure(shown, request, slots));
            }
        }
        events.sort(LearnerEventOrder.INSTANCE);
        return events;
    }

    private static Example example(
            long time,
            String request,
            String item,
            FeatureVector x,
            float label,
            Example.Origin origin) {
        return new Example(time, request, item, x, label, origin, Float.NaN);
    }

    /** The vector of a user and an item. */
    public static FeatureVector vector(String user, String item) {
        FeatureVector x = new FeatureVector();
        ENCODER.encode(
                0, user, Attributes.EMPTY, item, Attributes.EMPTY, -1, StreamedValues.NONE, x);
        return x;
    }

    /** The same events, each exposure followed by its slate. */
    public static List<LearnerEvent> withSlates(List<LearnerEvent> events) {
        List<LearnerEvent> all = new ArrayList<>();
        for (LearnerEvent event : events) {
            all.add(event);
            if (event instanceof Exposure exposure) {
                List<SlateShown.Slot> slots = new ArrayList<>();
                for (Exposure.Slot slot : exposure.slots()) {
                    int at = slots.size();
                    slots.add(
                            new SlateShown.Slot(
                                    slot.item(), slot.features(), 1 + at % 2, at, 0.4f));
                }
                all.add(new SlateShown(exposure.time(), exposure.request(), slots));
            }
        }
        return all;
    }

    /** The same events; what is held or logged is assumed to be a negative once it was shown. */
    public static List<LearnerEvent> withAssumptions(List<LearnerEvent> events) {
        List<LearnerEvent> all = new ArrayList<>(events);
        for (LearnerEvent event : events) {
            if (event instanceof Example known && known.origin() != Example.Origin.DIRECT) {
                long shown = 1_000L * Integer.parseInt(known.request().substring(1));
                Example negative =
                        new Example(
                                Math.min(known.time(), shown + 500),
                                known.request(),
                                known.item(),
                                known.features(),
                                0,
                                known.origin(),
                                known.loggedScore());
                boolean odd = known.item().length() % 2 == 1;
                all.add(new Assumption(negative, odd ? Correction.RETRACT : Correction.WEIGH));
            }
        }
        all.sort(LearnerEventOrder.INSTANCE);
        return all;
    }

    /** Feeds events to a learner and collects what it judged. */
    public static List<Scored> feed(OnlineLearner learner, List<LearnerEvent> events) {
        List<Scored> scored = new ArrayList<>();
        for (LearnerEvent event : events) {
            if (event instanceof Exposure exposure) {
                learner.expose(exposure);
            } else if (event instanceof SlateShown slate) {
                learner.show(slate);
            } else if (event instanceof Assumption assumption) {
                learner.assume(assumption);
            } else if (event instanceof Example example) {
                Scored judged = learner.observe(example);
                if (judged != null) {
                    scored.add(judged);
                }
            }
        }
        return scored;
    }
}
