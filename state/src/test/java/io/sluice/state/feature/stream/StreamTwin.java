package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Computes every streaming value anew from the full list of facts, by the definitions. */
final class StreamTwin {

    /** Who asks about what, when. */
    record Query(long time, String user, Attributes context, String item, Attributes features) {}

    private final TwinEntities entities;

    StreamTwin(FeatureSchema schema, List<Fact> facts) {
        entities = new TwinEntities(schema, facts);
    }

    double number(StreamingFeature f, Query q) {
        List<List<Fact>> named = entities.named(f, q);
        List<Fact> own = named.stream().flatMap(List::stream).toList();
        List<Fact> all =
                entities.of(f, entities.alive(List.of(), 0, f.expiryMs(), List.of(), q.time()));
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
            case TOGETHER -> q.user().isEmpty() ? 0 : together(f, q, List.of("user"));
            case BESIDE -> together(f, q, List.of());
            case LAST -> throw new AssertionError("has keys");
        };
    }

    /** The values of {@link StreamingKind#LAST}, most recent first. */
    List<String> last(StreamingFeature f, Query q) {
        Set<String> values = new LinkedHashSet<>();
        entities.named(f, q)
                .forEach(entity -> values.addAll(lastValues(f.field(), f.size(), entity)));
        return values.stream().limit(f.size()).toList();
    }

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

    private static double mean(StreamingFeature f, List<Fact> facts, Query q) {
        double sum = sum(facts, f.halfLifeMs(), q, fact -> TwinEntities.numberOf(f, fact));
        return sum / sum(facts, f.halfLifeMs(), q, fact -> 1);
    }

    private static double squares(StreamingFeature f, List<Fact> facts, Query q) {
        double mean = mean(f, facts, q);
        return sum(
                facts,
                f.halfLifeMs(),
                q,
                fact -> Math.pow(TwinEntities.numberOf(f, fact) - mean, 2));
    }

    private static double distance(StreamingFeature f, List<Fact> own, List<Fact> all, Query q) {
        double weight = sum(own, f.halfLifeMs(), q, fact -> 1);
        double shared = Math.max(1, f.prior());
        double ofAll = squares(f, all, q) / sum(all, f.halfLifeMs(), q, fact -> 1);
        double variance = (squares(f, own, q) + shared * ofAll) / (weight + shared);
        double away = TwinEntities.attribute(q.features(), f.field()) - mean(f, own, q);
        // Squares of equal prices below 100 differ by rounding only.
        return variance < 1e-20 && !Double.isNaN(away) ? 0 : away / Math.sqrt(variance);
    }

    private double overlap(StreamingFeature f, List<List<Fact>> named, Query q) {
        List<String> candidate = entities.values(f.field(), q);
        List<String> kept = new ArrayList<>();
        named.forEach(entity -> kept.addAll(lastValues(f.field(), f.size(), entity)));
        long shared = kept.stream().filter(candidate::contains).count();
        return kept.isEmpty() ? 0 : (double) shared / kept.size();
    }

    private List<String> lastValues(String field, int size, List<Fact> ofEntity) {
        List<String> came = new ArrayList<>();
        for (Fact fact : ofEntity) {
            for (String value : entities.values(field, TwinEntities.query(fact))) {
                came.remove(value);
                came.add(0, value);
            }
        }
        return came.stream().limit(size).toList();
    }

    /** Meetings with the last items of those that a scope names. */
    private double together(StreamingFeature f, Query q, List<String> whose) {
        List<Fact> facts = entities.facts();
        List<String> last =
                lastValues("item", f.size(), outcomesOf(f, whose, q, q.time(), facts.size()));
        double sum = 0;
        for (int i = 0; i < facts.size() && facts.get(i).time() < q.time(); i++) {
            Fact fact = facts.get(i);
            if (fact.isOf(f.of())) {
                Query asked = TwinEntities.query(fact);
                List<Fact> before = outcomesOf(f, whose, asked, fact.time() + 1, i);
                double weight = Math.pow(2, -(q.time() - fact.time()) / f.halfLifeMs());
                for (String other : lastValues("item", f.size(), before)) {
                    boolean met = !other.equals(fact.item());
                    sum += met && fact.item().equals(q.item()) && last.contains(other) ? weight : 0;
                    sum += met && other.equals(q.item()) && last.contains(fact.item()) ? weight : 0;
                }
            }
        }
        return sum;
    }

    /**
     * What the last items of the one that a scope names are made of: facts before a time and before
     * a place in the list.
     */
    private List<Fact> outcomesOf(
            StreamingFeature f, List<String> whose, Query q, long time, int upTo) {
        TwinEntities before = entities.first(upTo);
        List<Fact> found = new ArrayList<>();
        for (List<String> entity : before.entities(whose, q)) {
            found.addAll(
                    before.of(
                            f, before.alive(whose, f.sessionGapMs(), f.expiryMs(), entity, time)));
        }
        return found;
    }
}
