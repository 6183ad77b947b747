package io.sluice.state.feature.stream;

import static io.sluice.state.feature.stream.StreamFixture.CLICKS;
import static io.sluice.state.feature.stream.StreamFixture.FOREVER;
import static io.sluice.state.feature.stream.StreamFixture.HOUR;
import static io.sluice.state.feature.stream.StreamFixture.IMPRESSIONS;
import static io.sluice.state.feature.stream.StreamFixture.counting;
import static io.sluice.state.feature.stream.StreamFixture.feature;
import static io.sluice.state.feature.stream.StreamFixture.living;
import static io.sluice.state.feature.stream.StreamFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.RowKeys;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import io.sluice.state.feature.stream.StreamTwin.Query;
import io.sluice.state.kernel.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind against a twin that computes each value anew from all facts before the moment. */
class StreamReaderTest {

    private static final String[][] SCOPES = {
        {}, {"user"}, {"item"}, {"genres"}, {"device"}, {"user", "item"}, {"device", "genres"}
    };

    @ParameterizedTest
    @EnumSource(StreamingKind.class)
    void valuesAreThoseOfAllFactsBeforeTheMomentAndNoOthers(StreamingKind kind) {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int run = 0; run < 3; run++) {
            FeatureSchema schema = schemaOf(kind);
            List<Fact> facts = StreamFixture.facts(random, 120);
            StreamTwin twin = new StreamTwin(schema, facts);
            Asked asked = new Asked(schema);
            // What is still to come is known to the state from the start, and must not show.
            facts.forEach(asked.state::add);

            long time = facts.get(0).time();
            for (int i = 0; i < 40; i++) {
                boolean atAFact = random.nextBoolean();
                time = Math.max(time, facts.get(3 * i).time()) + (atAFact ? 0 : random.nextInt(9));
                Query query = anyQuery(random, time);
                asked.ask(query);
                assertEqual(
                        "seed %d, run %d, query %d".formatted(seed, run, i), twin, asked, query);
            }
        }
    }

    /** Each scope, with and without forgetting, sessions and expiry, and what a kind has beside. */
    private static FeatureSchema schemaOf(StreamingKind kind) {
        List<StreamingFeature> features = new ArrayList<>();
        if (meets(kind)) {
            features.add(feature(kind, 5 * HOUR, "item"));
            features.add(living(feature(kind, FOREVER, "item"), HOUR, StreamFixture.NEVER + 1));
            features.add(with(feature(kind, 5 * HOUR, "item"), "", 5, 0));
            return StreamFixture.schema(features.toArray(StreamingFeature[]::new));
        }
        for (String[] scope : SCOPES) {
            StreamingFeature plain = feature(kind, 5 * HOUR, scope);
            features.add(plain);
            features.add(living(plain, HOUR, 20 * HOUR));
            features.add(living(plain, 0, 20 * HOUR));
            switch (kind) {
                case RATE -> {
                    features.add(counting(plain, CLICKS, IMPRESSIONS));
                    features.add(with(plain, "", 0, 0));
                }
                case MEAN -> {
                    features.add(with(plain, "value", 0, 1));
                    features.add(with(plain, "price", 0, 0));
                }
                case DISTANCE -> features.add(with(plain, "price", 0, 7));
                case LAST -> features.add(with(plain, "genres", 3, 0));
                case OVERLAP -> features.add(with(plain, "item", 6, 0));
                default -> features.add(counting(plain, CLICKS, null));
            }
        }
        // Keeps entities alive by facts that the others do not count.
        features.add(
                living(
                        counting(feature(StreamingKind.FLAG, 1, "user"), IMPRESSIONS, null),
                        0,
                        20 * HOUR));
        features.add(
                living(counting(feature(StreamingKind.FLAG, 1), IMPRESSIONS, null), 0, 20 * HOUR));
        return StreamFixture.schema(features.toArray(StreamingFeature[]::new));
    }

    private static boolean meets(StreamingKind kind) {
        return kind == StreamingKind.TOGETHER || kind == StreamingKind.BESIDE;
    }

    @Test
    void aFactOfTheMomentOrLaterMovesNoValue() {
        List<StreamingFeature> features = new ArrayList<>();
        for (StreamingKind kind : StreamingKind.values()) {
            StreamingFeature ofItem = feature(kind, HOUR, "item");
            boolean last = kind == StreamingKind.LAST;
            features.add(last ? with(ofItem, "user", 4, 0) : ofItem);
        }
        FeatureSchema schema = StreamFixture.schema(features.toArray(StreamingFeature[]::new));
        Random random = new Random(11);
        List<Fact> facts = StreamFixture.facts(random, 200);
        long moment = facts.get(150).time() + 1;
        Query query = new Query(moment, "u1", StreamFixture.anyContext(random), "new", priced(30));
        Asked honest = new Asked(schema);
        Asked leaking = new Asked(schema);
        for (Fact fact : facts.subList(0, 151)) {
            honest.state.add(fact);
            leaking.state.add(fact);
        }

        for (long leak : new long[] {moment, moment + 1, moment + HOUR}) {
            leaking.state.add(StreamFixture.fact(15, "", leak, "u1", "new", priced(1), 1, 9));
        }
        honest.ask(query);
        leaking.ask(query);
        List<String> before = honest.texts();
        assertThat(leaking.texts()).isEqualTo(before);

        leaking.ask(new Query(moment + 2 * HOUR, "u1", query.context(), "new", priced(30)));
        assertThat(leaking.texts()).doesNotContainAnyElementsOf(before);
    }

    private static Attributes priced(double price) {
        return Attributes.builder().put("genres", "leaked").put("price", price).build();
    }

    @Test
    void theOrderInWhichFactsAreAddedBetweenTwoMomentsDoesNotMatter() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        List<StreamingFeature> features = new ArrayList<>();
        for (StreamingKind kind : StreamingKind.values()) {
            features.add(feature(kind, HOUR, "item"));
            if (!meets(kind)) {
                features.add(feature(kind, HOUR, "user"));
            }
        }
        StreamPlan plan =
                StreamPlan.of(StreamFixture.schema(features.toArray(StreamingFeature[]::new)));

        for (int run = 0; run < 30; run++) {
            List<Fact> facts = StreamFixture.facts(random, 300);
            StreamState inOrder = new StreamState(plan);
            StreamState shuffled = new StreamState(plan);
            for (int from = 0; from < 300; from += 100) {
                List<Fact> some = new ArrayList<>(facts.subList(from, from + 100));
                some.forEach(inOrder::add);
                Collections.shuffle(some, random);
                some.forEach(shuffled::add);
                long behind = facts.get(from + 99).time() + (from == 200 ? 1 : 0);
                inOrder.advance(behind);
                shuffled.advance(behind);
            }

            assertThat(words(plan, shuffled)).as("seed " + seed).isEqualTo(words(plan, inOrder));
        }
    }

    private static List<String> words(StreamPlan plan, StreamState state) {
        List<String> words = new ArrayList<>();
        for (EntityScope scope : plan.scopes()) {
            state.tables()
                    .table(scope.index())
                    .forEach(
                            (key, record) ->
                                    words.add(scope + " " + key + Arrays.toString(record)));
        }
        return words;
    }

    private static Query anyQuery(Random random, long time) {
        return new Query(
                time,
                StreamFixture.anyUser(random),
                StreamFixture.anyContext(random),
                "i" + random.nextInt(9),
                StreamFixture.anyFeatures(random));
    }

    private static void assertEqual(String why, StreamTwin twin, Asked asked, Query query) {
        for (int i = 0; i < asked.schema.streaming().size(); i++) {
            StreamingFeature feature = asked.schema.streaming().get(i);
            String where = why + ", " + feature;
            if (feature.kind().isKeys()) {
                long seed = Hashing.text(0, feature.field());
                assertThat(asked.keys(i))
                        .as(where)
                        .isEqualTo(
                                twin.last(feature, query).stream()
                                        .map(text -> RowKeys.of(Hashing.text(seed, text)))
                                        .toList());
            } else {
                double expected = twin.number(feature, query);
                double found = asked.values.number(i);
                boolean close =
                        Double.isNaN(expected)
                                ? Double.isNaN(found)
                                // A deviation near 0 magnifies rounding of what is left of it.
                                : Math.abs(found - expected) <= 1e-6 * (1 + Math.abs(expected));
                assertThat(close).as("%s: %s, expected %s", where, found, expected).isTrue();
            }
        }
    }

    /** State and reader of one schema, and what was read last. */
    private static final class Asked {
        final FeatureSchema schema;
        final StreamState state;
        final StreamReader reader;
        final StreamedValues values;

        Asked(FeatureSchema schema) {
            this.schema = schema;
            StreamPlan plan = StreamPlan.of(schema);
            state = new StreamState(plan);
            reader = new StreamReader(plan, state.tables());
            values = new StreamedValues(schema);
        }

        void ask(Query query) {
            state.advance(query.time());
            reader.request(query.time(), query.user(), query.context(), values);
            reader.item(query.item(), query.features(), values);
        }

        List<Long> keys(int feature) {
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < values.keys(feature); i++) {
                keys.add(values.key(feature, i));
            }
            return keys;
        }

        List<String> texts() {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                String name = schema.streaming().get(i).name();
                texts.add(name + values.number(i) + keys(i));
            }
            return texts;
        }
    }
}
