package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Computes every streaming value anew from the full list of facts, by the definitions. */
final class StreamTwin {

    /** Who asks about what, when. */
    record Query(long time, String user, Attributes context, String item, Attributes features) {}

    private final FeatureSchema schema;
    private final List<Fact> facts;

    StreamTwin(FeatureSchema schema, List<Fact> facts) {
        this.schema = schema;
        this.facts = new ArrayList<>(facts);
        this.facts.sort(Comparator.comparingLong(Fact::time).thenComparingLong(Fact::tie));
    }

    double number(StreamingFeature f, Query q) {
        List<List<Fact>> named = named(f, q);
        List<Fact> own = named.stream().flatMap(List::stream).toList();
        List<Fact> all = of(f, alive(List.of(), 0, f.expiryMs(), List.of(), q.time()));
        double h = f.halfLifeMs();
        double prior = f.prior();
        return switch (f.kind()) {
            case COUNT -> sum(own, h, q, fact -> 1) / Math.max(1, named.size());
            case WINDOW -> (double) windowed(own, f.windowMs() / 8, q) / Math.max(1, named.size());
            case RATE -> {
                double r = (positives(f, all, q) + 0.5) / (divided(f, all, q) + 1);
                double weight = divided(f, own, q) + prior;
                yield weight == 0 ? r : (positives(f, own, q) + prior * r) / weight;
            }
            case RECENCY ->
                    own.stream()
                            .mapToDouble(fact -> q.time() - fact.time())
                            .min()
                            .orElse(Double.NaN);
            case FLAG -> own.isEmpty() ? 0 : 1;
            case OVERLAP -> overlap(f, named, q);
            case MEAN -> {
                double m = mean(f, all, q);
                double weight = sum(own, h, q, fact -> 1);
                yield weight == 0 || Double.isNaN(m)
                        ? m
                        : (weight * mean(f, own, q) + prior * m) / (weight + prior);
            }
            case DISTANCE -> distance(f, own, all, q);
            case TREND ->
                    Math.log(
                            (sum(own, h, q, fact -> 1) + prior)
                                    / (sum(own, 8 * h, q, fact -> 1) / 8 + prior));
            case SHARE ->
                    Math.log(
                            (sum(own, h, q, fact -> 1) + prior)
                                    / (sum(all, h, q, fact -> 1) + prior));
            case TOGETHER -> together(f, q);
            case LAST -> throw new AssertionError("has keys");
        };
    }

    /** The values of {@link StreamingKind#LAST}, most recent first. */
    List<String> last(StreamingFeature f, Query q) {
        Set<String> values = new LinkedHashSet<>();
        named(f, q).forEach(entity -> values.addAll(lastValues(f.field(), f.size(), entity)));
        return values.stream().limit(f.size()).toList();
    }

    // -- which facts belong to whom

    /** What a feature counts of each entity that the query names. */
    private List<List<Fact>> named(StreamingFeature f, Query q) {
        List<List<Fact>> named = new ArrayList<>();
        for (List<String> entity : entities(f.scope(), q)) {
            named.add(of(f, alive(f.scope(), f.sessionGapMs(), f.expiryMs(), entity, q.time())));
        }
        return named;
    }

    private List<Fact> of(StreamingFeature f, List<Fact> alive) {
        return alive.stream().filter(fact -> counts(f, fact)).toList();
    }

    /** An entity's facts before a time, since the last pause that ended its life. */
    private List<Fact> alive(
            List<String> scope, long gap, long expiry, List<String> entity, long time) {
        Predicate<Fact> sign =
                fact ->
                        schema.streaming().stream()
                                .anyMatch(f -> gives(f, fact, scope, gap, expiry));
        long life = gap > 0 ? Math.min(gap, expiry) : expiry;
        List<Fact> alive = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.time() < time
                    && sign.test(fact)
                    && entities(scope, query(fact)).contains(entity)) {
                if (!alive.isEmpty() && fact.time() - last(alive).time() > life) {
                    alive.clear();
                }
                alive.add(fact);
            }
        }
        return alive.isEmpty() || time - last(alive).time() > life ? List.of() : alive;
    }

    /** Whether a fact is a sign of life for the entities of a scope by a feature. */
    private boolean gives(
            StreamingFeature f, Fact fact, List<String> scope, long gap, long expiry) {
        boolean own = f.scope().equals(scope) && f.sessionGapMs() == gap;
        boolean all =
                scope.isEmpty()
                        && gap == 0
                        && switch (f.kind()) {
                            case RATE, MEAN, DISTANCE, SHARE -> true;
                            default -> false;
                        };
        boolean ofUser =
                f.kind() == StreamingKind.TOGETHER
                        && scope.equals(List.of("user"))
                        && f.sessionGapMs() == gap;
        return (own || all || ofUser) && f.expiryMs() == expiry && counts(f, fact);
    }

    private boolean counts(StreamingFeature f, Fact fact) {
        boolean meant = fact.isOf(f.of()) || (f.per() != null && fact.isOf(f.per()));
        return meant
                && switch (f.kind()) {
                    case MEAN, DISTANCE -> !Double.isNaN(numberOf(f, fact));
                    case LAST, OVERLAP -> !values(f.field(), query(fact)).isEmpty();
                    default -> true;
                };
    }

    private List<List<String>> entities(List<String> scope, Query q) {
        List<List<String>> found = List.of(List.of());
        for (String part : scope) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> each : found) {
                for (String value : values(part, q)) {
                    List<String> extended = new ArrayList<>(each);
                    extended.add(value);
                    longer.add(extended);
                }
            }
            found = longer;
        }
        return found;
    }

    /** The different values of a declared feature. */
    private List<String> values(String name, Query q) {
        Source source = schema.feature(name).source();
        return switch (source) {
            case USER -> q.user().isEmpty() ? List.of() : List.of(q.user());
            case ITEM -> List.of(q.item());
            case CONTEXT -> texts(q.context(), name);
            case FEATURES -> texts(q.features(), name);
            default -> throw new AssertionError(source);
        };
    }

    private static List<String> texts(Attributes attributes, String name) {
        Set<String> texts = new LinkedHashSet<>();
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.name(i).equals(name)) {
                texts.add(attributes.text(i));
            }
        }
        return List.copyOf(texts);
    }

    private static Query query(Fact fact) {
        return new Query(fact.time(), fact.user(), fact.context(), fact.item(), fact.features());
    }

    // -- what the kinds make of them

    private static double sum(
            List<Fact> facts, double halfLife, Query q, ToDoubleFunction<Fact> of) {
        return facts.stream()
                .mapToDouble(
                        f -> of.applyAsDouble(f) * Math.pow(2, -(q.time() - f.time()) / halfLife))
                .sum();
    }

    private static long windowed(List<Fact> facts, long eighth, Query q) {
        return facts.stream().filter(f -> f.time() / eighth > q.time() / eighth - 8).count();
    }

    private static double positives(StreamingFeature f, List<Fact> facts, Query q) {
        boolean labelled =
                f.of().type() == FactSource.Type.OUTCOMES
                        || f.of().type() == FactSource.Type.INTERACTIONS;
        return sum(
                facts.stream().filter(fact -> fact.isOf(f.of())).toList(),
                f.halfLifeMs(),
                q,
                fact -> labelled ? fact.label() : 1);
    }

    private static double divided(StreamingFeature f, List<Fact> facts, Query q) {
        FactSource by = f.per() == null ? f.of() : f.per();
        return sum(
                facts.stream().filter(fact -> fact.isOf(by)).toList(),
                f.halfLifeMs(),
                q,
                fact -> 1);
    }

    private static double numberOf(StreamingFeature f, Fact fact) {
        return f.field().equals("value") ? fact.value() : attribute(fact.features(), f.field());
    }

    private static double attribute(Attributes features, String name) {
        return features.first(name) < 0 ? Double.NaN : features.number(features.first(name));
    }

    private static double mean(StreamingFeature f, List<Fact> facts, Query q) {
        double sum = sum(facts, f.halfLifeMs(), q, fact -> numberOf(f, fact));
        return sum / sum(facts, f.halfLifeMs(), q, fact -> 1);
    }

    private static double squares(StreamingFeature f, List<Fact> facts, Query q) {
        double mean = mean(f, facts, q);
        return sum(facts, f.halfLifeMs(), q, fact -> Math.pow(numberOf(f, fact) - mean, 2));
    }

    private static double distance(StreamingFeature f, List<Fact> own, List<Fact> all, Query q) {
        double weight = sum(own, f.halfLifeMs(), q, fact -> 1);
        double shared = Math.max(1, f.prior());
        double ofAll = squares(f, all, q) / sum(all, f.halfLifeMs(), q, fact -> 1);
        double variance = (squares(f, own, q) + shared * ofAll) / (weight + shared);
        double away = attribute(q.features(), f.field()) - mean(f, own, q);
        return variance == 0 && !Double.isNaN(away) ? 0 : away / Math.sqrt(variance);
    }

    private double overlap(StreamingFeature f, List<List<Fact>> named, Query q) {
        List<String> candidate = values(f.field(), q);
        List<String> kept = new ArrayList<>();
        named.forEach(entity -> kept.addAll(lastValues(f.field(), f.size(), entity)));
        long shared = kept.stream().filter(candidate::contains).count();
        return kept.isEmpty() ? 0 : (double) shared / kept.size();
    }

    private List<String> lastValues(String field, int size, List<Fact> ofEntity) {
        List<String> came = new ArrayList<>();
        for (Fact fact : ofEntity) {
            for (String value : values(field, query(fact))) {
                came.remove(value);
                came.add(0, value);
            }
        }
        return came.stream().limit(size).toList();
    }

    private double together(StreamingFeature f, Query q) {
        List<String> user = List.of(q.user());
        List<String> last =
                lastValues("item", f.size(), outcomesOf(f, user, q.time(), facts.size()));
        double sum = 0;
        for (int i = 0; i < facts.size() && facts.get(i).time() < q.time(); i++) {
            Fact fact = facts.get(i);
            if (fact.isOf(f.of()) && !fact.user().isEmpty()) {
                List<Fact> before = outcomesOf(f, List.of(fact.user()), fact.time() + 1, i);
                double weight = Math.pow(2, -(q.time() - fact.time()) / f.halfLifeMs());
                for (String other : lastValues("item", f.size(), before)) {
                    boolean met = !other.equals(fact.item());
                    sum += met && fact.item().equals(q.item()) && last.contains(other) ? weight : 0;
                    sum += met && other.equals(q.item()) && last.contains(fact.item()) ? weight : 0;
                }
            }
        }
        return q.user().isEmpty() ? 0 : sum;
    }

    /** What a user's last items are made of: facts before a time and before a place in the list. */
    private List<Fact> outcomesOf(StreamingFeature f, List<String> user, long time, int upTo) {
        StreamTwin before = new StreamTwin(schema, facts.subList(0, upTo));
        return of(f, before.alive(List.of("user"), f.sessionGapMs(), f.expiryMs(), user, time));
    }

    private static Fact last(List<Fact> facts) {
        return facts.get(facts.size() - 1);
    }
}
