package io.sluice.state.learner;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.util.ArrayList;
import java.util.List;

/** A {@link RandomStream} whose vectors hold two raw numbers between their rows. */
public final class NumberedStream {

    /** User and item ids, and a number of each without a bucket rule. */
    public static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("age", Source.CONTEXT, "age", Kind.NUMBER),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("price", Source.FEATURES, "price", Kind.NUMBER)));

    private NumberedStream() {}

    /** The events of {@link RandomStream#events} with numbers. */
    public static List<LearnerEvent> events(long seed, int requests) {
        List<LearnerEvent> events = new ArrayList<>();
        for (LearnerEvent event : RandomStream.events(seed, requests)) {
            if (event instanceof Exposure exposure) {
                List<Exposure.Slot> slots = new ArrayList<>();
                for (Exposure.Slot slot : exposure.slots()) {
                    slots.add(new Exposure.Slot(slot.item(), numbered(slot.features())));
                }
                events.add(new Exposure(exposure.time(), exposure.request(), slots));
            } else if (event instanceof Example each) {
                events.add(
                        new Example(
                                each.time(),
                                each.request(),
                                each.item(),
                                numbered(each.features()),
                                each.label(),
                                each.origin(),
                                each.loggedScore()));
            }
        }
        return events;
    }

    /** Numbers that follow from the ids, one in five of them unknown. */
    private static FeatureVector numbered(FeatureVector ids) {
        FeatureVector x = new FeatureVector();
        for (int i = 0; i < ids.size(); i++) {
            x.add(ids.key(i), ids.value(i), ids.field(i));
            long some = Math.floorMod(ids.key(i), 1_000L);
            x.addNumber(i, some < 200 ? Double.NaN : some - 400);
        }
        return x;
    }
}
