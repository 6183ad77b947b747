package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyPlanTest {

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("price", Source.FEATURES, "price", Kind.NUMBER),
                            FeatureSpec.of("genres", Source.FEATURES, "genres", Kind.CATEGORIES)));

    @Test
    void choosesUserItemAndWhatIsLikedOfACategoryByWhomAndWhere() {
        List<FeatureSpec> declared = new ArrayList<>(SCHEMA.features());
        declared.add(FeatureSpec.of("device", Source.CONTEXT, "device", Kind.CATEGORY));
        declared.add(FeatureSpec.of("hour", Source.CONTEXT, "hour", Kind.NUMBER));
        declared.add(FeatureSpec.of("brand", Source.FEATURES, "brand", Kind.CATEGORY));
        KeyPlan plan = KeyPlan.of(MemoryKeys.AUTO, new FeatureSchema(declared));

        assertThat(names(plan)).containsExactly("user", "item", "user × genres", "device × genres");
        assertThat(plan.isOfUser(0)).isTrue();
        assertThat(plan.isOfUser(1)).isFalse();
        assertThat(plan.isOfUser(2)).isTrue();
        assertThat(plan.isOfUser(3)).isFalse();
    }

    @Test
    void choosesNoMoreThanThereMayBeAndTheCategoryWhereThereIsNothingElse() {
        List<FeatureSpec> declared = new ArrayList<>(SCHEMA.features());
        for (int i = 0; i < MemoryKeys.MOST; i++) {
            declared.add(FeatureSpec.of("c" + i, Source.CONTEXT, "c" + i, Kind.CATEGORY));
        }
        FeatureSpec genres = SCHEMA.feature("genres");
        KeyPlan alone = KeyPlan.of(MemoryKeys.AUTO, new FeatureSchema(List.of(genres)));

        assertThat(KeyPlan.of(MemoryKeys.AUTO, new FeatureSchema(declared)).size())
                .isEqualTo(MemoryKeys.MOST);
        assertThat(names(alone)).containsExactly("genres");
    }

    private static List<String> names(KeyPlan plan) {
        return IntStream.range(0, plan.size()).mapToObj(plan::name).toList();
    }

    @Test
    void theOrderOfSeveralValuesDoesNotMatter() {
        KeyPlan plan =
                KeyPlan.of(
                        new MemoryKeys(List.of(List.of("genres"), List.of("user", "genres"))),
                        SCHEMA);
        FeatureVector one = vector(7, 11, 12);
        FeatureVector other = vector(7, 12, 11);
        FeatureVector different = vector(7, 12, 13);

        assertThat(key(plan, 0, one, RepresentationCoder.NO_CODE))
                .isEqualTo(key(plan, 0, other, RepresentationCoder.NO_CODE));
        assertThat(key(plan, 1, one, RepresentationCoder.NO_CODE))
                .isEqualTo(key(plan, 1, other, RepresentationCoder.NO_CODE));
        assertThat(key(plan, 0, one, RepresentationCoder.NO_CODE))
                .isNotEqualTo(key(plan, 0, different, RepresentationCoder.NO_CODE));
    }

    @Test
    void whatHasNoValueHasNoKey() {
        KeyPlan plan = KeyPlan.of(MemoryKeys.AUTO, SCHEMA);
        FeatureVector x = new FeatureVector();
        x.add(7, 1, 1);

        assertThat(key(plan, 2, x, RepresentationCoder.NO_CODE)).isEqualTo(KeyPlan.ABSENT);
        assertThat(key(plan, 1, x, RepresentationCoder.NO_CODE)).isEqualTo(KeyPlan.ABSENT);
        assertThat(voter(plan, x)).isNotEqualTo(5);
        assertThat(voter(plan, new FeatureVector())).isEqualTo(5);
    }

    @Test
    void aCodeIsAKeyByItselfOrAPartOfOne() {
        KeyPlan plan =
                KeyPlan.of(new MemoryKeys(List.of(List.of("lsh"), List.of("item", "lsh"))), SCHEMA);
        FeatureVector x = vector(7, 11);

        assertThat(plan.needsCode()).isTrue();
        assertThat(plan.hasCode(0)).isTrue();
        assertThat(plan.hasCode(1)).isTrue();
        assertThat(plan.isOfUser(0)).isFalse();
        assertThat(key(plan, 1, x, 3)).isNotEqualTo(key(plan, 1, x, 4));
        assertThat(key(plan, 1, x, RepresentationCoder.NO_CODE)).isEqualTo(KeyPlan.ABSENT);
        assertThat(KeyPlan.of(MemoryKeys.AUTO, SCHEMA).needsCode()).isFalse();
    }

    @Test
    void refusesWhatIsNoKey() {
        assertThatThrownBy(() -> KeyPlan.of(keys("colour"), SCHEMA))
                .hasMessage("memory.keys must be names of declared features or lsh, found colour");
        assertThatThrownBy(() -> KeyPlan.of(keys("price"), SCHEMA))
                .hasMessage("memory.keys must be no number without bucket, found price");
        assertThatThrownBy(() -> keys("user", "user"))
                .hasMessageContaining("two different features in a key");
    }

    @Test
    void whatIsTakenInTwoPartsHasTheKeysOfTheWhole() {
        KeyPlan plan =
                KeyPlan.of(
                        new MemoryKeys(
                                List.of(
                                        List.of("user"),
                                        List.of("user", "genres"),
                                        List.of("genres", "lsh"))),
                        SCHEMA);
        FeatureVector request = new FeatureVector();
        request.add(7, 1, 1);
        request.add(11, 0.5f, 4);
        FeatureVector candidate = new FeatureVector();
        candidate.add(12, 0.5f, 4);
        FeatureVector whole = new FeatureVector();
        whole.addAll(request);
        whole.addAll(candidate);
        long[] begun = new long[plan.room()];
        long[] parts = new long[plan.room()];
        long[] expected = new long[plan.room()];

        plan.begin(request, begun);
        plan.keys(whole, 3, expected);
        for (int again = 0; again < 2; again++) {
            plan.keysBeside(begun, candidate, 3, parts);
            assertThat(parts).isEqualTo(expected).doesNotContain(KeyPlan.ABSENT);
        }
    }

    private static long key(KeyPlan plan, int i, FeatureVector x, long code) {
        long[] keys = new long[plan.room()];
        Arrays.fill(keys, 77); // of a vector before
        plan.keys(x, code, keys);
        return keys[i];
    }

    private static long voter(KeyPlan plan, FeatureVector x) {
        long[] keys = new long[plan.room()];
        plan.keys(x, RepresentationCoder.NO_CODE, keys);
        return plan.voter(keys, 5);
    }

    private static MemoryKeys keys(String... names) {
        return new MemoryKeys(List.of(List.of(names)));
    }

    private static FeatureVector vector(long user, long... genres) {
        FeatureVector x = new FeatureVector();
        x.add(user, 1, 1);
        x.add(99, 1, 2);
        for (long genre : genres) {
            x.add(genre, 0.5f, 4);
        }
        return x;
    }
}
