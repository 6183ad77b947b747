package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.stream.StreamTwin.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Says which facts belong to which entity, by looking at all of them. */
final class TwinEntities {

    private final FeatureSchema schema;
    private final List<Fact> facts;

    TwinEntities(FeatureSchema schema, List<Fact> facts) {
        this.schema = schema;
        this.facts = new ArrayList<>(facts);
        this.facts.sort(Comparator.comparingLong(Fact::time).thenComparingLong(Fact::tie));
    }

    /** All facts in their order. */
    List<Fact> facts() {
        return facts;
    }

    /** The same while only the first facts had happened. */
    TwinEntities first(int count) {
        return new TwinEntities(schema, facts.subList(0, count));
    }

    /** What a feature counts of each entity that the query names. */
    List<List<Fact>> named(StreamingFeature f, Query q) {
        List<List<Fact>> named = new ArrayList<>();
        for (List<String> entity : entities(f.scope(), q)) {
            named.add(of(f, alive(f.scope(), f.sessionGapMs(), f.expiryMs(), entity, q.time())));
        }
        return named;
    }

    List<Fact> of(StreamingFeature f, List<Fact> alive) {
        return alive.stream().filter(fact -> counts(f, fact)).toList();
    }

    /** An entity's facts before a time, since the last pause that ended its life. */
    List<Fact> alive(List<String> scope, long gap, long expiry, List<String> entity, long time) {
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
        boolean ofSender =
                f.sessionGapMs() == gap
                        && switch (f.kind()) {
                            case TOGETHER -> scope.equals(List.of("user"));
                            case BESIDE -> scope.isEmpty();
                            default -> false;
                        };
        return (own || all || ofSender) && f.expiryMs() == expiry && counts(f, fact);
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

    /** The entities of a scope that a query names. */
    List<List<String>> entities(List<String> scope, Query q) {
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
    List<String> values(String name, Query q) {
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

    static Query query(Fact fact) {
        return new Query(fact.time(), fact.user(), fact.context(), fact.item(), fact.features());
    }

    static double numberOf(StreamingFeature f, Fact fact) {
        return f.field().equals("value") ? fact.value() : attribute(fact.features(), f.field());
    }

    static double attribute(Attributes features, String name) {
        return features.first(name) < 0 ? Double.NaN : features.number(features.first(name));
    }

    private static Fact last(List<Fact> facts) {
        return facts.get(facts.size() - 1);
    }
}
