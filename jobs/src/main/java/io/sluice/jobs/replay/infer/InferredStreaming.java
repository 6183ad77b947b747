package io.sluice.jobs.replay.infer;

import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The streaming features that suit any stream: how users and items did so far and lately, how the
 * user and the item did together, how the user did with the item's categories, and how often the
 * item met what the user, or in nameless streams anybody, had last.
 *
 * <p>Chosen by their gain on the first fifths of four streams; jobs/DESIGN.md D20 has what each is
 * worth and what was tried besides.
 */
final class InferredStreaming {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    /** A pause this long ends a visit; half an hour is what web analytics count by. */
    private static final long SESSION_GAP = 30 * MINUTE;

    /** An entity is remembered for a quarter of a year. */
    private static final long EXPIRY = 90 * DAY;

    /** Item fields beyond these add little and cost a look-up for each value. */
    private static final int MOST_FIELDS = 3;

    /** Of what the user had last, beside the last one, which says most. */
    private static final int LAST_ITEMS = 3;

    /** The same of what the stream had last. */
    private static final int LAST_OF_ALL = 5;

    private static final List<String> USER = List.of("user");
    private static final List<String> ITEM = List.of("item");
    private static final List<String> BOTH = List.of("user", "item");

    private final FactSource events;
    private final boolean hasValues;
    private final List<StreamingFeature> features = new ArrayList<>();

    /**
     * @param events what is counted: behaviour beside the examples where there is any, else
     *     positives
     * @param hasValues whether events have values to average
     */
    private InferredStreaming(FactSource events, boolean hasValues) {
        this.events = events;
        this.hasValues = hasValues;
    }

    /**
     * The features for a schema with the features {@code user} and {@code item}.
     *
     * @param declared the features that were inferred of columns
     * @param hasBehaviour whether interactions stream beside examples of another kind
     * @param hasValues whether the examples are interactions, which may have values
     * @param hasSequences whether events of a user have an order; without one, what came last is a
     *     batch, and says nothing that the counts don't
     * @param hasNamelessSequences whether that is so of events without a user
     */
    static List<StreamingFeature> of(
            List<FeatureSpec> declared,
            boolean hasBehaviour,
            boolean hasValues,
            boolean hasSequences,
            boolean hasNamelessSequences) {
        FactSource.Type type =
                hasBehaviour ? FactSource.Type.INTERACTIONS : FactSource.Type.POSITIVES;
        return new InferredStreaming(new FactSource(type, ""), hasValues)
                .all(declared, hasSequences, hasNamelessSequences);
    }

    private List<StreamingFeature> all(
            List<FeatureSpec> declared, boolean hasSequences, boolean hasNamelessSequences) {
        overall("user", USER);
        overall("item", ITEM);
        session("user.session.rate", USER);
        rate("user.item.rate", BOTH, Double.POSITIVE_INFINITY);
        event("user.item.count", StreamingKind.COUNT, BOTH, Double.POSITIVE_INFINITY, 0);
        event("user.item.recency", StreamingKind.RECENCY, BOTH, Double.POSITIVE_INFINITY, 0);
        event("item.trend", StreamingKind.TREND, ITEM, 14 * DAY, 1);
        event("item.share", StreamingKind.SHARE, ITEM, 7 * DAY, 1);
        event("item.recency", StreamingKind.RECENCY, ITEM, Double.POSITIVE_INFINITY, 0);
        event("user.recency", StreamingKind.RECENCY, USER, Double.POSITIVE_INFINITY, 0);
        if (hasSequences) {
            last("item.together.last", StreamingKind.TOGETHER, 1);
            last("item.together", StreamingKind.TOGETHER, LAST_ITEMS);
        }
        if (hasNamelessSequences) {
            last("item.beside.last", StreamingKind.BESIDE, 1);
            last("item.beside", StreamingKind.BESIDE, LAST_OF_ALL);
        }
        declared.stream()
                .filter(InferredStreaming::isItemCategory)
                .limit(MOST_FIELDS)
                .map(FeatureSpec::name)
                .forEach(this::category);
        return List.copyOf(features);
    }

    private static boolean isItemCategory(FeatureSpec feature) {
        return feature.source() == Source.FEATURES
                && (feature.kind() == Kind.CATEGORY || feature.kind() == Kind.CATEGORIES);
    }

    private void overall(String name, List<String> scope) {
        rate(name + ".rate", scope, Double.POSITIVE_INFINITY);
        event(name + ".count", StreamingKind.COUNT, scope, Double.POSITIVE_INFINITY, 0);
        value(name + ".value", scope);
    }

    private void category(String field) {
        rate(field + ".rate", List.of(field), Double.POSITIVE_INFINITY);
        rate("user." + field + ".rate", List.of("user", field), Double.POSITIVE_INFINITY);
        value("user." + field + ".value", List.of("user", field));
    }

    private void rate(String name, List<String> scope, double halfLifeMs) {
        add(name, StreamingKind.RATE, scope, FactSource.OUTCOMES, "", halfLifeMs, 10);
    }

    /** How the visit goes that the user is in. */
    private void session(String name, List<String> scope) {
        features.add(
                new StreamingFeature(
                        name,
                        StreamingKind.RATE,
                        scope,
                        FactSource.OUTCOMES,
                        null,
                        "",
                        Double.POSITIVE_INFINITY,
                        0,
                        0,
                        10,
                        SESSION_GAP,
                        EXPIRY));
    }

    /** How often the item met what came last. */
    private void last(String name, StreamingKind kind, int size) {
        features.add(
                new StreamingFeature(
                        name,
                        kind,
                        ITEM,
                        events,
                        null,
                        "",
                        Double.POSITIVE_INFINITY,
                        0,
                        size,
                        0,
                        0,
                        EXPIRY));
    }

    private void value(String name, List<String> scope) {
        if (hasValues) {
            add(
                    name,
                    StreamingKind.MEAN,
                    scope,
                    FactSource.OUTCOMES,
                    StreamingFeature.VALUE,
                    Double.POSITIVE_INFINITY,
                    10);
        }
    }

    private void event(
            String name, StreamingKind kind, List<String> scope, double halfLifeMs, double prior) {
        add(name, kind, scope, events, "", halfLifeMs, prior);
    }

    private void add(
            String name,
            StreamingKind kind,
            List<String> scope,
            FactSource of,
            String field,
            double halfLifeMs,
            double prior) {
        features.add(
                new StreamingFeature(
                        name, kind, scope, of, null, field, halfLifeMs, 0, 0, prior, 0, EXPIRY));
    }
}
