package io.sluice.state.feature.stream;

import static io.sluice.state.feature.stream.StreamFixture.FOREVER;
import static io.sluice.state.feature.stream.StreamFixture.HOUR;
import static io.sluice.state.feature.stream.StreamFixture.NEVER;
import static io.sluice.state.feature.stream.StreamFixture.counting;
import static io.sluice.state.feature.stream.StreamFixture.feature;
import static io.sluice.state.feature.stream.StreamFixture.living;
import static io.sluice.state.feature.stream.StreamFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPlanTest {

    @Test
    void featuresThatNeedTheSameShareIt() {
        StreamingFeature count = feature(StreamingKind.COUNT, 5 * HOUR, "item");

        StreamPlan plan =
                plan(
                        count,
                        feature(StreamingKind.SHARE, 5 * HOUR, "item"),
                        feature(StreamingKind.TREND, 5 * HOUR, "item"),
                        feature(StreamingKind.RECENCY, 5 * HOUR, "item"),
                        feature(StreamingKind.FLAG, HOUR, "item"),
                        feature(StreamingKind.MEAN, HOUR, "item"),
                        feature(StreamingKind.DISTANCE, HOUR, "item"));

        assertThat(plan.scopes()).map(EntityScope::toString).containsExactly("item", "all");
        // Two sums, the time, the mean; over all: the sum of share, the mean.
        assertThat(plan.scopes().get(0).slots()).hasSize(4);
        assertThat(plan.scopes().get(0).words()).isEqualTo(1 + 2 + 2 + 1 + 4);
        assertThat(plan.scopes().get(1).slots()).hasSize(2);
    }

    @Test
    void otherFactsHalfLivesPausesAndLivesAreKeptApart() {
        StreamingFeature count = feature(StreamingKind.COUNT, 5 * HOUR, "item");

        StreamPlan plan =
                plan(
                        count,
                        counting(count, StreamFixture.CLICKS, null),
                        with(feature(StreamingKind.COUNT, HOUR, "item"), "", 0, 3),
                        living(count, HOUR, NEVER),
                        living(count, 0, HOUR));

        assertThat(plan.scopes()).map(scope -> scope.slots().size()).containsExactly(3, 1, 1);
        assertThat(plan.scopes()).map(EntityScope::lifeMs).containsExactly(NEVER, HOUR, HOUR);
        assertThat(plan.scopes().get(0).seed()).isNotEqualTo(plan.scopes().get(1).seed());
    }

    @Test
    void equalSchemasGiveEqualPlans() {
        StreamPlan first = ofAllKinds();
        StreamPlan second = ofAllKinds();

        assertThat(first).usingRecursiveComparison().isEqualTo(second);
        assertThat(first.scopes()).map(EntityScope::index).containsExactly(0, 1, 2);
    }

    private static StreamPlan ofAllKinds() {
        List<StreamingFeature> features = new ArrayList<>();
        for (StreamingKind kind : StreamingKind.values()) {
            features.add(feature(kind, 5 * HOUR, "item"));
        }
        return plan(features.toArray(StreamingFeature[]::new));
    }

    @Test
    void aScopeBelongsToItemsWhenAnyPartDoes() {
        StreamPlan plan =
                plan(
                        feature(StreamingKind.COUNT, FOREVER, "user"),
                        feature(StreamingKind.COUNT, FOREVER, "user", "genres"),
                        feature(StreamingKind.COUNT, FOREVER, "device"),
                        feature(StreamingKind.COUNT, FOREVER));

        assertThat(plan.scopes())
                .map(EntityScope::perItem)
                .containsExactly(false, true, false, false);
        assertThat(plan.derives(0)).isFalse();
    }

    @Test
    void whatTheSchemaDoesNotHaveIsNamedWithFeatureAndSetting() {
        String declared =
                " must be the name of a declared feature other than a position or a number without buckets, found ";

        assertFault(
                "streaming feature 'countusr': scope" + declared + "usr",
                feature(StreamingKind.COUNT, FOREVER, "usr"));
        assertFault(
                "streaming feature 'countprice': scope" + declared + "price",
                feature(StreamingKind.COUNT, FOREVER, "price"));
        assertFault(
                "streaming feature 'countuser_place': scope" + declared + "place",
                feature(StreamingKind.COUNT, FOREVER, "user", "place"));
        assertFault(
                "streaming feature 'lastuser_price4_0.0': field" + declared + "price",
                with(feature(StreamingKind.LAST, FOREVER, "user"), "price", 4, 0));
        assertFault(
                "streaming feature 'overlapuser_genre4_0.0': field" + declared + "genre",
                with(feature(StreamingKind.OVERLAP, FOREVER, "user"), "genre", 4, 0));
    }

    @Test
    void togetherNeedsTheItemsIdAndTheUsers() {
        StreamingFeature ofUser = feature(StreamingKind.TOGETHER, FOREVER, "user");
        StreamingFeature ofItem = feature(StreamingKind.TOGETHER, FOREVER, "item");
        FeatureSchema anonymous =
                new FeatureSchema(
                        List.of(FeatureSpec.of("item", Source.ITEM, "", Kind.ID)), List.of(ofItem));

        assertFault(
                "streaming feature 'togetheruser': scope must be the feature of source item, found [user]",
                ofUser);
        assertThatThrownBy(() -> StreamPlan.of(anonymous))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("beside a feature of source user, found [item]");
    }

    @Test
    void besideNeedsTheItemsIdAlone() {
        FeatureSchema anonymous =
                new FeatureSchema(
                        List.of(FeatureSpec.of("item", Source.ITEM, "", Kind.ID)),
                        List.of(feature(StreamingKind.BESIDE, FOREVER, "item")));

        assertThat(StreamPlan.of(anonymous).derives()).isTrue();
        assertFault(
                "streaming feature 'beside': scope must be the feature of source item, found []",
                feature(StreamingKind.BESIDE, FOREVER));
    }

    @Test
    void aScopeHoldsAsManyAggregatesAsAnUpdateHasBitsAndAPlanAsManyScopesAsAByte() {
        StreamingFeature[] aggregates = new StreamingFeature[64];
        for (int i = 0; i < aggregates.length; i++) {
            aggregates[i] = with(feature(StreamingKind.COUNT, 1_000 + i, "item"), "", 0, i);
        }
        StreamingFeature[] scopes = new StreamingFeature[257];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = living(feature(StreamingKind.FLAG, 1, "item"), 0, 1_000 + i);
        }

        assertFault(
                "scope [item]: found more than 63 different aggregates, expected at most that many",
                aggregates);
        assertThatThrownBy(() -> plan(scopes))
                .hasMessageStartingWith("streaming features: found more than 256 scopes");
    }

    private static void assertFault(String message, StreamingFeature... features) {
        assertThatThrownBy(() -> plan(features))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static StreamPlan plan(StreamingFeature... features) {
        return StreamPlan.of(StreamFixture.schema(features));
    }
}
