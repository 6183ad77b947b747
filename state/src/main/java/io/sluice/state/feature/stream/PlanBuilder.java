package io.sluice.state.feature.stream;

import io.sluice.state.check.InvalidValueException;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.stream.Readings.Place;
import java.util.ArrayList;
import java.util.List;

/** Finds out which scopes and aggregates a schema needs; features that need the same share it. */
final class PlanBuilder {

    /** A trend compares with a time this many times as long. */
    private static final double SLOWER = 8;

    /** The most aggregates of one scope: a bit each. */
    private static final int MOST_SLOTS = 63;

    /** The most scopes: their index is a byte in the features topic. */
    private static final int MOST_SCOPES = 256;

    private final FeatureSchema schema;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final List<StreamPlan.Derivation> derivations = new ArrayList<>();

    /** A scope whose slots are still being collected. */
    private static final class Draft {
        private final int index;
        private final List<String> parts;
        private final long sessionGapMs;
        private final long lifeMs;
        private final List<Slot> slots = new ArrayList<>();
        private int words = 1;

        Draft(int index, List<String> parts, long sessionGapMs, long lifeMs) {
            this.index = index;
            this.parts = parts;
            this.sessionGapMs = sessionGapMs;
            this.lifeMs = lifeMs;
        }
    }

    PlanBuilder(FeatureSchema schema) {
        this.schema = schema;
        schema.streaming().forEach(feature -> readings.add(reading(feature)));
    }

    List<EntityScope> scopes() {
        List<EntityScope> scopes = new ArrayList<>();
        for (Draft draft : drafts) {
            int[] fields = draft.parts.stream().mapToInt(this::field).toArray();
            boolean perItem =
                    draft.parts.stream().anyMatch(part -> schema.feature(part).source().perItem());
            scopes.add(
                    new EntityScope(
                            draft.index,
                            draft.parts,
                            fields,
                            perItem,
                            draft.sessionGapMs,
                            draft.lifeMs,
                            List.copyOf(draft.slots)));
        }
        return List.copyOf(scopes);
    }

    List<Reading> readings() {
        return List.copyOf(readings);
    }

    List<StreamPlan.Derivation> derivations() {
        return List.copyOf(derivations);
    }

    private Reading reading(StreamingFeature feature) {
        feature.scope().forEach(part -> keyed(feature, "scope", part));
        double prior = feature.prior();
        return switch (feature.kind()) {
            case COUNT -> new Readings.Count(own(feature, count(feature.halfLifeMs())));
            case WINDOW ->
                    new Readings.Window(
                            own(
                                    feature,
                                    slot(
                                            feature,
                                            new WindowedCount(feature.windowMs()),
                                            Slot.Argument.NONE)));
            case RATE ->
                    new Readings.Rate(
                            own(feature, rate(feature)), all(feature, rate(feature)), prior);
            case RECENCY -> new Readings.Recency(own(feature, time(feature)));
            case FLAG -> new Readings.Flag(own(feature, time(feature)));
            case LAST -> new Readings.Keys(own(feature, keys(feature, feature.field())));
            case OVERLAP -> {
                keyed(feature, "field", feature.field());
                yield new Readings.Overlap(
                        own(feature, keys(feature, feature.field())), field(feature.field()));
            }
            case MEAN ->
                    new Readings.Mean(
                            own(feature, mean(feature)), all(feature, mean(feature)), prior);
            case DISTANCE ->
                    new Readings.Distance(
                            own(feature, mean(feature)),
                            all(feature, mean(feature)),
                            feature.field(),
                            prior);
            case TREND ->
                    new Readings.Trend(
                            own(feature, count(feature.halfLifeMs())),
                            own(feature, count(feature.halfLifeMs() * SLOWER)),
                            SLOWER,
                            prior);
            case SHARE ->
                    new Readings.Share(
                            own(feature, count(feature.halfLifeMs())),
                            all(feature, count(feature.halfLifeMs())),
                            prior);
            case TOGETHER -> together(feature, userOf(feature));
            case BESIDE -> together(feature, List.of());
        };
    }

    private List<String> userOf(StreamingFeature feature) {
        String user = StreamPlan.idFeature(schema, Source.USER);
        if (user == null) {
            throw fault(
                    feature,
                    "scope",
                    feature.scope(),
                    "the feature of source item, beside a feature of source user");
        }
        return List.of(user);
    }

    /** Meetings of the candidate with the last items of those that are named by {@code whose}. */
    private Reading together(StreamingFeature feature, List<String> whose) {
        String item = StreamPlan.idFeature(schema, Source.ITEM);
        if (item == null || !feature.scope().equals(List.of(item))) {
            throw fault(feature, "scope", feature.scope(), "the feature of source item");
        }
        Draft senders = draft(whose, feature.sessionGapMs(), feature.expiryMs());
        Place last = place(senders, keys(feature, item));
        // What an item met is kept by sender, or two senders would count one meeting twice.
        String sender = senders.index + "." + senders.slots.indexOf(last.slot());
        Slot met =
                new Slot(
                        new Companions(companions(feature.size()), feature.halfLifeMs()),
                        Slot.Argument.DERIVED,
                        feature.of(),
                        null,
                        sender,
                        0);
        Draft items = draft(feature.scope(), 0, feature.expiryMs());
        Place companions = place(items, met);
        StreamPlan.Derivation derivation =
                new StreamPlan.Derivation(
                        senders.index,
                        senders.slots.indexOf(last.slot()),
                        items.index,
                        items.slots.indexOf(companions.slot()));
        if (!derivations.contains(derivation)) {
            derivations.add(derivation);
        }
        return new Readings.Together(companions, last);
    }

    /** Companions kept of an item: few would be replaced before they come again. */
    private static int companions(int size) {
        return Math.max(32, Math.min(64, 2 * size));
    }

    private Slot count(double halfLifeMs) {
        return new Slot(new DecayedSums(1, halfLifeMs), Slot.Argument.ONE, null, null, "", 0);
    }

    private static Slot rate(StreamingFeature feature) {
        return new Slot(
                new DecayedSums(2, feature.halfLifeMs()),
                Slot.Argument.SHARE,
                feature.of(),
                feature.per(),
                "",
                0);
    }

    private static Slot time(StreamingFeature feature) {
        return slot(feature, new LastTime(), Slot.Argument.NONE);
    }

    private Slot mean(StreamingFeature feature) {
        return new Slot(
                new RunningMean(feature.halfLifeMs()),
                Slot.Argument.NUMBER,
                feature.of(),
                null,
                feature.field(),
                0);
    }

    private Slot keys(StreamingFeature feature, String field) {
        keyed(feature, "field", field);
        return new Slot(
                new LastKeys(feature.size()), Slot.Argument.KEY, feature.of(), null, field, 0);
    }

    private static Slot slot(
            StreamingFeature feature, Aggregate aggregate, Slot.Argument argument) {
        return new Slot(aggregate, argument, feature.of(), null, "", 0);
    }

    /** The aggregate in the feature's own scope. */
    private Place own(StreamingFeature feature, Slot slot) {
        return place(
                draft(feature.scope(), feature.sessionGapMs(), feature.expiryMs()),
                withSource(slot, feature.of()));
    }

    /** The same over all entities. */
    private Place all(StreamingFeature feature, Slot slot) {
        return place(draft(List.of(), 0, feature.expiryMs()), withSource(slot, feature.of()));
    }

    private static Slot withSource(Slot slot, FactSource of) {
        return new Slot(slot.aggregate(), slot.argument(), of, slot.per(), slot.field(), slot.at());
    }

    private Draft draft(List<String> parts, long sessionGapMs, long expiryMs) {
        long lifeMs = sessionGapMs > 0 ? Math.min(sessionGapMs, expiryMs) : expiryMs;
        for (Draft draft : drafts) {
            if (draft.parts.equals(parts)
                    && draft.sessionGapMs == sessionGapMs
                    && draft.lifeMs == lifeMs) {
                return draft;
            }
        }
        if (drafts.size() == MOST_SCOPES) {
            throw new IllegalArgumentException(
                    "streaming features: found more than %d scopes, expected at most that many; those with equal scope, sessionGapMs and expiryMs share one"
                            .formatted(MOST_SCOPES));
        }
        Draft draft = new Draft(drafts.size(), parts, sessionGapMs, lifeMs);
        drafts.add(draft);
        return draft;
    }

    private static Place place(Draft draft, Slot wanted) {
        for (Slot slot : draft.slots) {
            if (slot.isLike(wanted)) {
                return new Place(draft.index, slot);
            }
        }
        if (draft.slots.size() == MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "scope %s: found more than %d different aggregates, expected at most that many"
                            .formatted(draft.parts, MOST_SLOTS));
        }
        Slot slot = wanted.movedTo(draft.words);
        draft.words += slot.aggregate().words();
        draft.slots.add(slot);
        return new Place(draft.index, slot);
    }

    /** Requires a declared feature that has keys. */
    private void keyed(StreamingFeature feature, String setting, String name) {
        FeatureSpec spec = schema.feature(name);
        boolean hasKeys =
                spec != null
                        && spec.source() != Source.POSITION
                        && (spec.kind() != Kind.NUMBER || spec.bucketing() != null);
        if (!hasKeys) {
            throw fault(
                    feature,
                    setting,
                    name,
                    "the name of a declared feature other than a position or a number without buckets");
        }
    }

    private static IllegalArgumentException fault(
            StreamingFeature feature, String setting, Object found, String expected) {
        return new InvalidValueException(
                "streaming feature '%s': %s".formatted(feature.name(), setting), expected, found);
    }

    private int field(String name) {
        for (int i = 0; i < schema.features().size(); i++) {
            if (schema.features().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
