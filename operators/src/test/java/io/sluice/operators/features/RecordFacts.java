package io.sluice.operators.features;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.FactRouter;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.feature.stream.StreamPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A seeded stream of facts, and features that need records of several scopes. */
final class RecordFacts {

    static final long START = 100_000;

    /** Long enough for nothing to expire unless a test waits for it. */
    static final long LIFE_MS = 500_000;

    static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)),
                    List.of(
                            feature("rate", StreamingKind.RATE, List.of("item"), "", 0),
                            feature("met", StreamingKind.COUNT, List.of("user", "item"), "", 0),
                            feature("last", StreamingKind.LAST, List.of("user"), "item", 3),
                            feature("with", StreamingKind.TOGETHER, List.of("item"), "", 3),
                            feature("beside", StreamingKind.BESIDE, List.of("item"), "", 3),
                            feature("all", StreamingKind.COUNT, List.of(), "", 0)));
    static final StreamPlan PLAN = StreamPlan.of(SCHEMA);

    private RecordFacts() {}

    private static StreamingFeature feature(
            String name, StreamingKind kind, List<String> scope, String field, int size) {
        return new StreamingFeature(
                name,
                kind,
                scope,
                FactSource.OUTCOMES,
                null,
                field,
                50_000,
                0,
                size,
                0,
                0,
                LIFE_MS);
    }

    /** In order of time; several share a moment. */
    static List<Fact> random(long seed, int count) {
        Random random = new Random(seed);
        List<Fact> facts = new ArrayList<>();
        long time = START;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(3) * 10L;
            String user = "u" + random.nextInt(6);
            facts.add(fact(time, user, "i" + random.nextInt(8), random.nextInt(2)));
        }
        return facts;
    }

    static Fact fact(long time, String user, String item, int label) {
        return Facts.of(event(time, user, item, label), true);
    }

    static Interaction event(long time, String user, String item, int label) {
        return new Interaction(
                "r" + time,
                time,
                user,
                item,
                label,
                Double.NaN,
                Attributes.EMPTY,
                Attributes.EMPTY);
    }

    /** What a fact means for entities. */
    static List<EntityMessage> messages(Fact fact) {
        List<EntityMessage> messages = new ArrayList<>();
        new FactRouter(PLAN)
                .route(
                        fact,
                        fact.tie(),
                        update -> messages.add(new EntityMessage.Change(update.copy(), false)));
        return messages;
    }
}
