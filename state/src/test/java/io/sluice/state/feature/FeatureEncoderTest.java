package io.sluice.state.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.event.Attributes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {

    private static final long MONDAY_NOON = 1_700_481_600_000L; // 2023-11-20T12:00:00Z

    @Test
    void requestComesFirstAndItemBehindInTheOrderOfTheSchema() {
        FeatureEncoder encoder =
                encoder(
                        FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                        FeatureSpec.of("user", Source.USER, "", Kind.ID));
        FeatureVector whole = new FeatureVector();
        FeatureVector parts = new FeatureVector();

        encoder.encode(
                0, "u", Attributes.EMPTY, "i", Attributes.EMPTY, -1, StreamedValues.NONE, whole);
        encoder.appendRequest(0, "u", Attributes.EMPTY, StreamedValues.NONE, parts);
        int split = parts.size();
        encoder.appendItem("i", Attributes.EMPTY, -1, StreamedValues.NONE, parts);

        assertThat(split).isEqualTo(1);
        assertThat(parts).isEqualTo(whole);
        assertThat(whole.size()).isEqualTo(2);
    }

    @Test
    void equalValuesOfDifferentFeaturesHaveDifferentRows() {
        FeatureVector x =
                encode(
                        Attributes.builder().put("a", "same").put("b", "same").build(),
                        FeatureSpec.of("a", Source.CONTEXT, "a", Kind.CATEGORY),
                        FeatureSpec.of("b", Source.CONTEXT, "b", Kind.CATEGORY));

        assertThat(x.key(0)).isNotEqualTo(x.key(1));
    }

    @Test
    void numberAndTextOfTheSameCategoryShareARow() {
        FeatureSpec spec = FeatureSpec.of("code", Source.CONTEXT, "code", Kind.CATEGORY);

        FeatureVector number = encode(Attributes.builder().put("code", 25).build(), spec);
        FeatureVector text = encode(Attributes.builder().put("code", "25").build(), spec);

        assertThat(number).isEqualTo(text);
    }

    @Test
    void severalValuesAreScaledSoThatTheirSumKeepsItsSize() {
        FeatureSpec split = new FeatureSpec("g", Source.CONTEXT, "g", Kind.CATEGORIES, "|", null);
        FeatureSpec listed = FeatureSpec.of("g", Source.CONTEXT, "g", Kind.CATEGORIES);

        FeatureVector one = encode(Attributes.builder().put("g", "a|b||c|d").build(), split);
        FeatureVector other =
                encode(
                        Attributes.builder()
                                .put("g", "a")
                                .put("g", "b")
                                .put("g", "c")
                                .put("g", "d")
                                .build(),
                        listed);

        assertThat(one).isEqualTo(other);
        assertThat(one.size()).isEqualTo(4);
        assertThat(one.value(0)).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void whatIsAbsentEmptyOrNoNumberAddsNothing() {
        FeatureSpec number =
                new FeatureSpec("n", Source.CONTEXT, "n", Kind.NUMBER, "", new Bucketing.Log(2));
        FeatureSpec category = FeatureSpec.of("c", Source.CONTEXT, "c", Kind.CATEGORY);

        assertThat(encode(Attributes.EMPTY, number, category).size()).isZero();
        assertThat(encode(Attributes.builder().put("c", "").build(), category).size()).isZero();
        assertThat(encode(Attributes.builder().put("n", "tall").build(), number).size()).isZero();
        assertThat(encode(Attributes.builder().put("n", "1e999").build(), number).size()).isZero();
    }

    @Test
    void positionIsNeutralWhenItMustNotCount() {
        FeatureEncoder encoder =
                encoder(FeatureSpec.of("position", Source.POSITION, "", Kind.CATEGORY));
        FeatureVector shown = new FeatureVector();
        FeatureVector neutral = new FeatureVector();

        encoder.encode(
                0, "u", Attributes.EMPTY, "i", Attributes.EMPTY, 3, StreamedValues.NONE, shown);
        encoder.encode(
                0,
                "u",
                Attributes.EMPTY,
                "i",
                Attributes.EMPTY,
                FeatureEncoder.NEUTRAL_POSITION,
                StreamedValues.NONE,
                neutral);

        assertThat(shown.size()).isEqualTo(1);
        assertThat(neutral.size()).isZero();
    }

    @Test
    void hourAndWeekdayAreThoseOfUtc() {
        FeatureSpec hour = FeatureSpec.of("h", Source.HOUR, "", Kind.CATEGORY);
        FeatureSpec weekday = FeatureSpec.of("w", Source.WEEKDAY, "", Kind.CATEGORY);
        FeatureVector now = new FeatureVector();
        FeatureVector sameHourNextWeek = new FeatureVector();
        FeatureVector nextDay = new FeatureVector();
        FeatureEncoder encoder = encoder(hour, weekday);

        encoder.appendRequest(MONDAY_NOON, "", Attributes.EMPTY, StreamedValues.NONE, now);
        encoder.appendRequest(
                MONDAY_NOON + 7 * 86_400_000L + 59 * 60_000L,
                "",
                Attributes.EMPTY,
                StreamedValues.NONE,
                sameHourNextWeek);
        encoder.appendRequest(
                MONDAY_NOON + 86_400_000L, "", Attributes.EMPTY, StreamedValues.NONE, nextDay);

        assertThat(sameHourNextWeek).isEqualTo(now);
        assertThat(nextDay.key(0)).isEqualTo(now.key(0));
        assertThat(nextDay.key(1)).isNotEqualTo(now.key(1));
    }

    @Test
    void bucketsKeepTheOrderOfTheNumbers() {
        for (Bucketing rule :
                List.of(
                        new Bucketing.Log(2),
                        new Bucketing.Width(5),
                        new Bucketing.Edges(new double[] {-1, 0, 10}))) {
            int before = Integer.MIN_VALUE;
            for (double x = -50; x <= 50; x += 0.25) {
                int bucket = rule.bucket(x);
                assertThat(bucket).as("%s at %s", rule, x).isGreaterThanOrEqualTo(before);
                before = bucket;
            }
        }
        assertThat(new Bucketing.Log(2).bucket(-0.01)).isEqualTo(-1);
        assertThat(new Bucketing.Log(2).bucket(0.01)).isZero();
        assertThat(new Bucketing.Edges(new double[] {0, 10}).bucket(10)).isEqualTo(2);
        assertThat(new Bucketing.Width(5).bucket(-0.1)).isEqualTo(-1);
    }

    @Test
    void anItemThatIsKnownIsEncodedOnceForEachSchemaAndAlikeEverywhere() {
        FeatureSpec[] features = {
            FeatureSpec.of("user", Source.USER, "", Kind.ID),
            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
            FeatureSpec.of("n", Source.FEATURES, "n", Kind.NUMBER),
            FeatureSpec.of("g", Source.FEATURES, "g", Kind.CATEGORIES),
            FeatureSpec.of("place", Source.POSITION, "", Kind.NUMBER)
        };
        FeatureEncoder encoder = encoder(features);
        FeatureEncoder other = encoder(features[1], features[3]);
        Attributes given =
                Attributes.builder().put("g", "a").put("g", "b").put("n", 7).put("x", 1).build();
        Attributes known = given.remembering();

        EncodedItem once = encoder.item("i", known, new EncodedItem.Scratch());
        assertThat(encoder.item("i", known, new EncodedItem.Scratch())).isSameAs(once);
        assertThat(encoder(features).item("i", known, new EncodedItem.Scratch())).isSameAs(once);
        EncodedItem.Scratch scratch = new EncodedItem.Scratch();
        EncodedItem notKept = encoder.item("i", given, scratch);
        assertThat(encoder.item("i", given, scratch)).isSameAs(notKept);
        assertThat(vector(notKept)).isEqualTo(vector(once));

        FeatureVector expected = new FeatureVector();
        encoder.appendItem("i", given, -1, StreamedValues.NONE, expected);
        FeatureVector found = new FeatureVector();
        encoder.appendItem(once, StreamedValues.NONE, found);
        assertThat(found).isEqualTo(expected);

        // Another item of the same values, or other features, are not what was remembered.
        assertThat(vector(encoder.item("j", known, new EncodedItem.Scratch())))
                .isNotEqualTo(vector(once));
        assertThat(vector(other.item("i", known, new EncodedItem.Scratch())).size()).isEqualTo(3);
        FeatureVector keys = new FeatureVector();
        once.keys(3, keys);
        assertThat(keys.size()).isEqualTo(2);
        once.keys(0, keys);
        assertThat(keys.size()).isZero();
        assertThat(known).isEqualTo(given);
    }

    private static FeatureVector vector(EncodedItem item) {
        FeatureVector vector = new FeatureVector();
        item.appendTo(vector);
        return vector;
    }

    @Test
    void anEncodedItemGivesBackWhatItWasMadeOfAndSoDoesItsCopy() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        EncodedItem.Scratch scratch = new EncodedItem.Scratch();
        for (int round = 0; round < 300; round++) {
            int[] ends = new int[1 + random.nextInt(9)];
            FeatureVector made = scratch.begin(ends.length);
            for (int feature = 0; feature < ends.length; feature++) {
                if (random.nextBoolean()) {
                    float number = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat() - 0.5f;
                    made.addNumber(random.nextInt(1 << 16), number);
                }
                for (int left = random.nextInt(4); left > 0; left--) {
                    made.add(random.nextLong(), random.nextFloat() - 0.5f, random.nextInt(256));
                }
                scratch.end(feature);
                ends[feature] = made.size();
            }
            EncodedItem item = scratch.pack(round, "i" + round);
            for (EncodedItem each : List.of(item, item.copy())) {
                assertThat(vector(each)).isEqualTo(made);
                assertThat(each.is(round, "i" + round)).isTrue();
                FeatureVector keys = new FeatureVector();
                for (int feature = 0; feature < ends.length; feature++) {
                    each.keys(feature, keys);
                    int from = feature == 0 ? 0 : ends[feature - 1];
                    assertThat(keys.size()).isEqualTo(ends[feature] - from);
                    for (int i = 0; i < keys.size(); i++) {
                        assertThat(keys.key(i)).isEqualTo(made.key(from + i));
                        assertThat(keys.value(i)).isEqualTo(made.value(from + i));
                    }
                }
            }
        }
    }

    @Test
    void whatIsAppendedStandsBehindAndNumbersStandWhereTheyStood() {
        FeatureVector x = new FeatureVector(1);
        x.add(1, 1, 1);
        x.addNumber(0, 5);
        EncodedItem.Scratch scratch = new EncodedItem.Scratch();
        FeatureVector more = scratch.begin(1);
        more.addNumber(1, 6);
        for (int i = 2; i < 30; i++) {
            more.add(i, i, i);
        }
        more.addNumber(2, Double.NaN);

        scratch.end(0);
        scratch.pack(1, "i").appendTo(x);

        FeatureVector expected = new FeatureVector();
        expected.add(1, 1, 1);
        expected.addNumber(0, 5);
        expected.addNumber(1, 6);
        for (int i = 2; i < 30; i++) {
            expected.add(i, i, i);
        }
        expected.addNumber(2, Double.NaN);
        assertThat(x).isEqualTo(expected);
    }

    private static FeatureEncoder encoder(FeatureSpec... features) {
        return new FeatureEncoder(new FeatureSchema(List.of(features)));
    }

    private static FeatureVector encode(Attributes context, FeatureSpec... features) {
        FeatureVector x = new FeatureVector();
        encoder(features)
                .encode(0, "u", context, "i", Attributes.EMPTY, -1, StreamedValues.NONE, x);
        return x;
    }
}
