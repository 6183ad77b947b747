package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A small shop: its declared features, streaming features by short words, and random facts. */
final class StreamFixture {

    static final long HOUR = 3_600_000;
    static final double FOREVER = Double.POSITIVE_INFINITY;
    static final long NEVER = 1_000 * 24 * HOUR;

    static final FactSource OUTCOMES = FactSource.OUTCOMES;
    static final FactSource IMPRESSIONS = FactSource.parse("impressions");
    static final FactSource CLICKS = FactSource.parse("feedback.click");

    static final List<FeatureSpec> DECLARED =
            List.of(
                    FeatureSpec.of("user", Source.USER, "", Kind.ID),
                    FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                    FeatureSpec.of("genres", Source.FEATURES, "genres", Kind.CATEGORIES),
                    FeatureSpec.of("device", Source.CONTEXT, "device", Kind.CATEGORY),
                    FeatureSpec.of("price", Source.FEATURES, "price", Kind.NUMBER),
                    FeatureSpec.of("place", Source.POSITION, "", Kind.CATEGORY));

    private StreamFixture() {}

    static FeatureSchema schema(StreamingFeature... streaming) {
        return new FeatureSchema(DECLARED, List.of(streaming));
    }

    /** A feature over outcomes that never expires; what its kind needs is filled in. */
    static StreamingFeature feature(StreamingKind kind, double halfLifeMs, String... scope) {
        String field =
                switch (kind) {
                    case LAST -> "item";
                    case OVERLAP -> "genres";
                    case MEAN, DISTANCE -> "price";
                    default -> "";
                };
        return new StreamingFeature(
                kind.name().toLowerCase(Locale.ROOT) + String.join("_", scope),
                kind,
                List.of(scope),
                OUTCOMES,
                null,
                field,
                halfLifeMs,
                kind == StreamingKind.WINDOW ? 8 * HOUR : 0,
                kind.isSized() ? 4 : 0,
                2,
                0,
                NEVER);
    }

    /** The same of other facts. */
    static StreamingFeature counting(StreamingFeature feature, FactSource of, FactSource per) {
        return new StreamingFeature(
                feature.name() + "_of_" + of,
                feature.kind(),
                feature.scope(),
                of,
                per,
                feature.field(),
                feature.halfLifeMs(),
                feature.windowMs(),
                feature.size(),
                feature.prior(),
                feature.sessionGapMs(),
                feature.expiryMs());
    }

    /** The same with another session gap and expiry. */
    static StreamingFeature living(StreamingFeature feature, long sessionGapMs, long expiryMs) {
        return new StreamingFeature(
                feature.name() + "_" + sessionGapMs + "_" + expiryMs,
                feature.kind(),
                feature.scope(),
                feature.of(),
                feature.per(),
                feature.field(),
                feature.halfLifeMs(),
                feature.windowMs(),
                feature.size(),
                feature.prior(),
                sessionGapMs,
                expiryMs);
    }

    /** The same of another field, with another number of values and prior. */
    static StreamingFeature with(StreamingFeature feature, String field, int size, double prior) {
        return new StreamingFeature(
                feature.name() + "_" + field + size + "_" + prior,
                feature.kind(),
                feature.scope(),
                feature.of(),
                feature.per(),
                field,
                feature.halfLifeMs(),
                feature.windowMs(),
                size,
                prior,
                feature.sessionGapMs(),
                feature.expiryMs());
    }

    /** A labelled event. */
    static Fact outcome(long time, String user, String item, double label) {
        return fact(Fact.OUTCOME, "", time, user, item, Attributes.EMPTY, label, Double.NaN);
    }

    static Fact fact(
            int types,
            String kind,
            long time,
            String user,
            String item,
            Attributes features,
            double label,
            double value) {
        return new Fact(types, kind, time, user, Attributes.EMPTY, item, features, label, value);
    }

    /** Facts of all sorts within some days, in order of time, often several at one moment. */
    static List<Fact> facts(Random random, int count) {
        List<Fact> facts = new ArrayList<>();
        long time = 1_700_000_000_000L;
        for (int i = 0; i < count; i++) {
            int pause = random.nextInt(40);
            time += pause < 15 ? 0 : pause < 38 ? random.nextInt(1_800_000) : 30 * HOUR;
            boolean click = random.nextInt(5) == 0;
            int types = click ? Fact.FEEDBACK | random.nextInt(8) : 1 + random.nextInt(7);
            facts.add(
                    new Fact(
                            types,
                            click ? random.nextBoolean() ? "click" : "skip" : "",
                            time,
                            anyUser(random),
                            anyContext(random),
                            "i" + random.nextInt(9),
                            anyFeatures(random),
                            random.nextInt(3) == 0 ? 1 : 0,
                            random.nextInt(3) == 0 ? Double.NaN : random.nextInt(5)));
        }
        return facts;
    }

    static String anyUser(Random random) {
        int user = random.nextInt(6);
        return user == 0 ? "" : "u" + user;
    }

    static Attributes anyContext(Random random) {
        return random.nextInt(4) == 0
                ? Attributes.EMPTY
                : Attributes.builder().put("device", "d" + random.nextInt(3)).build();
    }

    /** Up to three genres, the same one twice now and then, and perhaps a price. */
    static Attributes anyFeatures(Random random) {
        Attributes.Builder out = Attributes.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
            out.put("genres", "g" + random.nextInt(5));
        }
        if (random.nextInt(4) > 0) {
            out.put("price", 10 + random.nextInt(50));
        }
        return out.build();
    }
}
