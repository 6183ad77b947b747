package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.Evidence;
import io.sluice.state.feature.stream.ExplainedFeature;
import io.sluice.state.feature.stream.StreamExplainer;
import io.sluice.state.feature.stream.StreamReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamExplainerTest {

    private final StreamedPages stream = new StreamedPages(1);
    private final StreamExplainer explainer =
            new StreamExplainer(stream.plan, stream.state.tables());

    @Test
    void everyFeatureHasTheValueThatIsServed() {
        stream.happen(300);
        StreamReader reader = new StreamReader(stream.plan, stream.state.tables());
        StreamedValues values = new StreamedValues(StreamedPages.SCHEMA);
        Attributes context = stream.anyContext();
        Attributes features = stream.anyFeatures();
        reader.request(stream.now(), "u1", context, values);
        reader.item("i1", features, values);

        List<ExplainedFeature> explained =
                explainer.explain(stream.now(), "u1", context, "i1", features);

        assertThat(explained).hasSize(values.size());
        for (int i = 0; i < values.size(); i++) {
            assertThat(explained.get(i).number()).isEqualTo((Double) values.number(i));
            assertThat(explained.get(i).keys()).hasSize(values.keys(i));
        }
    }

    @Test
    void evidenceNamesEachEntityItsLastFactAndWhatWasCounted() {
        stream.happen(300);

        ExplainedFeature rate = explain("user_rate", stream.now());

        Evidence evidence = rate.evidence().get(0);
        assertThat(rate.evidence()).hasSize(1);
        assertThat(evidence.isKnown()).isTrue();
        assertThat(evidence.isExpired()).isFalse();
        assertThat(evidence.lastFact()).isBetween(1L, stream.now());
        assertThat(evidence.figures()).containsOnlyKeys("positives", "facts");
        assertThat(evidence.figures().get("facts")).isPositive();
    }

    @Test
    void anEntityPastItsLifeIsSaidToBeExpiredAndOneNeverSeenToBeUnknown() {
        stream.happen(300);
        long later = stream.now() + 40L * 24 * 3_600_000;

        assertThat(explain("user_rate", later).evidence().get(0).isExpired()).isTrue();
        List<ExplainedFeature> stranger =
                explainer.explain(later, "nobody", Attributes.EMPTY, "nothing", Attributes.EMPTY);
        assertThat(stranger.get(0).evidence().get(0).isKnown()).isFalse();
    }

    private ExplainedFeature explain(String name, long time) {
        return explainer
                .explain(time, "u1", stream.anyContext(), "i1", stream.anyFeatures())
                .stream()
                .filter(each -> each.feature().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
