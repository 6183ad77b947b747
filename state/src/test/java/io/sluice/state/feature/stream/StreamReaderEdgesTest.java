package io.sluice.state.feature.stream;

import static io.sluice.state.feature.stream.StreamFixture.FOREVER;
import static io.sluice.state.feature.stream.StreamFixture.HOUR;
import static io.sluice.state.feature.stream.StreamFixture.IMPRESSIONS;
import static io.sluice.state.feature.stream.StreamFixture.counting;
import static io.sluice.state.feature.stream.StreamFixture.feature;
import static io.sluice.state.feature.stream.StreamFixture.outcome;
import static io.sluice.state.feature.stream.StreamFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What single values are where a rule of their own applies. */
class StreamReaderEdgesTest {

    private static final Attributes CHEAP = Attributes.builder().put("price", 10).build();

    @Test
    void nothingIsKnownBeforeTheFirstFact() {
        List<StreamingFeature> features = new ArrayList<>();
        for (StreamingKind kind : StreamingKind.values()) {
            features.add(feature(kind, HOUR, "item"));
        }
        double[] numbers =
                read(List.of(), 5, "u", CHEAP, features.toArray(StreamingFeature[]::new));

        double[] expected = {0, 0, 0.5, Double.NaN, 0, Double.NaN, 0, Double.NaN, Double.NaN};
        assertThat(numbers).startsWith(expected).endsWith(0, Math.log(2 / 2.0), 0);
    }

    @Test
    void anEntityWithoutFactsHasTheRateMeanAndShareOfAll() {
        List<Fact> facts = List.of(priced(1, "other", 10), priced(2, "other", 20));

        double[] numbers =
                read(
                        facts,
                        3,
                        "u",
                        CHEAP,
                        feature(StreamingKind.RATE, FOREVER, "item"),
                        with(feature(StreamingKind.RATE, FOREVER, "item"), "", 0, 0),
                        feature(StreamingKind.MEAN, FOREVER, "item"),
                        with(feature(StreamingKind.MEAN, FOREVER, "item"), "price", 0, 0),
                        feature(StreamingKind.DISTANCE, FOREVER, "item"),
                        feature(StreamingKind.SHARE, FOREVER, "item"),
                        feature(StreamingKind.TREND, HOUR, "item"));

        double rate = 2.5 / 3;
        double[] expected = {rate, rate, 15, 15, Double.NaN, Math.log(2.0 / 4), 0};
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).as("feature %d", i).isEqualTo(expected[i], within(1e-12));
        }
    }

    @Test
    void aVeryLateFactCountsInNoSession() {
        StreamPlan plan =
                StreamPlan.of(
                        StreamFixture.schema(
                                StreamFixture.living(
                                        feature(StreamingKind.COUNT, FOREVER, "user"),
                                        HOUR,
                                        StreamFixture.NEVER)));
        StreamTables tables = new StreamTables(plan);
        FactRouter router = new FactRouter(plan);
        StreamedValues values = new StreamedValues(plan.schema());
        StreamReader reader = new StreamReader(plan, tables);
        long last = 10 * HOUR;

        // As they came: the third within the gap before the last one, the fourth beyond.
        for (long time : new long[] {last - 1, last, last - HOUR, last - HOUR - 1}) {
            router.route(
                    outcome(time, "u", "i", 1), 0, update -> tables.apply(update, derived -> {}));
        }
        reader.request(last + 1, "u", Attributes.EMPTY, values);

        assertThat(values.number(0)).isEqualTo(3);
    }

    @Test
    void factsThatAnotherFeatureCountsDoNotMakeAMeanOfZero() {
        Fact shown = StreamFixture.fact(1, "", 1, "u", "i", Attributes.EMPTY, 0, Double.NaN);

        double[] numbers =
                read(
                        List.of(shown, priced(1, "other", 40)),
                        2,
                        "u",
                        CHEAP,
                        counting(feature(StreamingKind.COUNT, FOREVER, "item"), IMPRESSIONS, null),
                        feature(StreamingKind.MEAN, FOREVER, "item"),
                        feature(StreamingKind.DISTANCE, FOREVER, "item"));

        assertThat(numbers).containsExactly(1, 40, Double.NaN);
    }

    @Test
    void equalNumbersHaveNoDeviationWhateverRoundingSays() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            facts.add(priced(i * 700_001L, "i", 19.99));
        }
        StreamingFeature distance = feature(StreamingKind.DISTANCE, HOUR, "item");

        assertThat(read(facts, 20 * HOUR, "u", CHEAP, distance)).containsExactly(0);
    }

    @Test
    void aRateOfFeedbackPerImpressionsCountsTheFeedback() {
        Attributes none = Attributes.EMPTY;
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            facts.add(StreamFixture.fact(Fact.IMPRESSION, "", i, "u", "i", none, 0, Double.NaN));
        }
        for (String kind : List.of("click", "skip", "click", "click")) {
            facts.add(StreamFixture.fact(Fact.FEEDBACK, kind, 20, "u", "i", none, 0, Double.NaN));
        }
        StreamingFeature rate =
                counting(
                        with(feature(StreamingKind.RATE, FOREVER, "item"), "", 0, 0),
                        StreamFixture.CLICKS,
                        IMPRESSIONS);

        assertThat(read(facts, 21, "u", none, rate)).containsExactly(0.3);
    }

    @Test
    void featuresOfKindTogetherWithEqualSettingsCountEachMeetingOnce() {
        StreamingFeature first = feature(StreamingKind.TOGETHER, FOREVER, "item");
        List<Fact> facts = List.of(outcome(1, "a", "i", 1), outcome(2, "a", "j", 1));
        List<Fact> andMine = new ArrayList<>(facts);
        andMine.add(outcome(3, "u", "j", 1));

        double[] numbers =
                read(
                        andMine,
                        4,
                        "u",
                        Attributes.EMPTY,
                        first,
                        with(first, "", 4, 9),
                        with(first, "", 40, 0),
                        with(first, "", 50, 0));

        assertThat(numbers).containsOnly(1);
    }

    @Test
    void theOrderOfAMeetingDoesNotMatterAndAnItemDoesNotMeetItself() {
        List<Fact> facts = new ArrayList<>();
        for (String item : List.of("i", "i", "j", "i")) {
            facts.add(outcome(facts.size(), "a", item, 1));
        }
        facts.add(outcome(5, "u", "i", 1));
        StreamingFeature together = feature(StreamingKind.TOGETHER, FOREVER, "item");

        assertThat(read(facts, 6, "u", Attributes.EMPTY, together)).containsExactly(0);
        facts.add(outcome(5, "v", "j", 1));
        assertThat(read(facts, 6, "v", Attributes.EMPTY, together)).containsExactly(2);
    }

    @Test
    void anAnonymousUserHasNoEntity() {
        List<Fact> facts = List.of(outcome(1, "", "i", 1), outcome(2, "", "i", 1));

        double[] numbers =
                read(
                        facts,
                        3,
                        "",
                        Attributes.EMPTY,
                        feature(StreamingKind.COUNT, FOREVER, "user"),
                        feature(StreamingKind.COUNT, FOREVER, "user", "item"),
                        feature(StreamingKind.COUNT, FOREVER),
                        feature(StreamingKind.COUNT, FOREVER, "item"));

        assertThat(numbers).containsExactly(0, 0, 2, 2);
    }

    @Test
    void aValueGivenTwiceNamesOneEntityAndThirtyTwoAreTheMost() {
        Attributes.Builder many = Attributes.builder().put("genres", "g0").put("genres", "g0");
        for (int i = 1; i < 40; i++) {
            many.put("genres", "g" + i);
        }
        Attributes features = many.build();
        Fact fact = StreamFixture.fact(Fact.OUTCOME, "", 1, "u", "i", features, 1, 1);
        StreamingFeature count = feature(StreamingKind.COUNT, FOREVER, "genres");
        StreamPlan plan = StreamPlan.of(StreamFixture.schema(count));
        StreamState state = new StreamState(plan);

        state.add(fact);
        state.advance(2);

        assertThat(state.tables().entities()).isEqualTo(32);
        assertThat(read(List.of(fact), 2, "u", features, count)).containsExactly(1);
    }

    @Test
    void hugeNumbersLeaveMeansAndDistancesFinite() {
        List<Fact> facts = new ArrayList<>();
        for (double price : new double[] {1e300, -1e300, Double.MAX_VALUE}) {
            facts.add(priced(facts.size(), "i", price));
        }
        for (int i = 0; i < 5; i++) {
            facts.add(priced(100 * HOUR + i, "i", 10 + i));
        }

        double[] numbers =
                read(
                        facts,
                        2_000 * HOUR,
                        "u",
                        CHEAP,
                        feature(StreamingKind.MEAN, HOUR, "item"),
                        feature(StreamingKind.DISTANCE, HOUR, "item"));

        assertThat(Double.isInfinite(numbers[0]) || Double.isInfinite(numbers[1])).isFalse();
    }

    @Test
    void readingAllocatesNothing() {
        List<StreamingFeature> features = new ArrayList<>();
        for (StreamingKind kind : StreamingKind.values()) {
            features.add(feature(kind, HOUR, "item"));
        }
        features.add(feature(StreamingKind.MEAN, HOUR, "user", "genres"));
        StreamPlan plan =
                StreamPlan.of(StreamFixture.schema(features.toArray(StreamingFeature[]::new)));
        StreamState state = new StreamState(plan);
        StreamFixture.facts(new Random(1), 300).forEach(state::add);
        state.advance(Long.MAX_VALUE);
        StreamReader reader = new StreamReader(plan, state.tables());
        StreamedValues values = new StreamedValues(plan.schema());
        Attributes genres = Attributes.builder().put("genres", "g1").put("genres", "g2").build();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = thread.getCurrentThreadAllocatedBytes();
            }
            reader.request(1_700_000_900_000L, "u1", Attributes.EMPTY, values);
            reader.item("i1", genres, values);
        }

        // What the measuring itself takes; one object for each reading would be 160,000.
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static Fact priced(long time, String item, double price) {
        Attributes features = Attributes.builder().put("price", price).build();
        return StreamFixture.fact(Fact.OUTCOME, "", time, "u", item, features, 1, Double.NaN);
    }

    /** Reads features for user and item i. */
    private static double[] read(
            List<Fact> facts,
            long now,
            String user,
            Attributes features,
            StreamingFeature... streaming) {
        StreamPlan plan = StreamPlan.of(StreamFixture.schema(streaming));
        StreamState state = new StreamState(plan);
        facts.forEach(state::add);
        state.advance(now);
        StreamedValues values = new StreamedValues(plan.schema());
        StreamReader reader = new StreamReader(plan, state.tables());
        reader.request(now, user, Attributes.EMPTY, values);
        reader.item("i", features, values);
        double[] numbers = new double[streaming.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.number(i);
        }
        return numbers;
    }
}
