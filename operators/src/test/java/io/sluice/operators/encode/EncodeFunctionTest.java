package io.sluice.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.ItemGroup;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.Patience;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Correction;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OpenWindow;
import io.sluice.state.learner.SlateShown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncodeFunctionTest {

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("place", Source.POSITION, "", Kind.CATEGORY)));
    private static final SourceRecord SOURCE = new SourceRecord("t", 0, 0, 0, null, null);

    private final EncodeFunction encode = new EncodeFunction(SCHEMA);

    @BeforeEach
    void open() {
        encode.open(DefaultOpenContext.INSTANCE);
    }

    @Test
    void whatIsAssumedIsTheExampleToComeWithLabelZero() {
        EncodeFunction assuming =
                new EncodeFunction(
                        SCHEMA,
                        false,
                        Optional.empty(),
                        new OpenWindow(OpenWindow.Rule.RETRACT, 5_000, Patience.NONE));
        assuming.open(DefaultOpenContext.INSTANCE);
        JoinOutput.Assumed assumed = new JoinOutput.Assumed(10_300, shown(slot("a", 2, 0.25)));
        List<LearnerEvent> events = new ArrayList<>();
        assuming.flatMap(assumed, new ListCollector<>(events));
        assuming.flatMap(
                new JoinOutput.Labelled(12_000, assumed.impression(), 1),
                new ListCollector<>(events));

        Example example = (Example) events.get(1);
        assertThat(((Assumption) events.get(0)).correction()).isEqualTo(Correction.RETRACT);
        assertThat(((Assumption) events.get(0)).negative())
                .isEqualTo(
                        new Example(
                                10_300,
                                example.request(),
                                "a",
                                example.features(),
                                0,
                                Example.Origin.LOGGED,
                                0.25f));
        assertThat(example.features()).isEqualTo(vector("a", 2));
    }

    @Test
    void aLabelWaitsForTheWindowToClose() {
        EncodeFunction waiting =
                new EncodeFunction(
                        SCHEMA,
                        false,
                        Optional.empty(),
                        new OpenWindow(OpenWindow.Rule.WAIT, 5_000, Patience.NONE));
        waiting.open(DefaultOpenContext.INSTANCE);
        List<LearnerEvent> events = new ArrayList<>();
        waiting.flatMap(
                new JoinOutput.Labelled(12_000, shown(slot("a", 2, 0.25)), 1),
                new ListCollector<>(events));

        assertThat(events).extracting(LearnerEvent::time).containsExactly(15_000L);
    }

    @Test
    void whatIsOnlyPredictedHasNoPosition() {
        Exposure exposure =
                (Exposure) encoded(new JoinOutput.Shown(shown(slot("a", 2, Double.NaN)))).get(0);

        assertThat(exposure.time()).isEqualTo(10_000);
        assertThat(exposure.slots()).containsExactly(new Exposure.Slot("a", vector("a", -1)));
    }

    @Test
    void whatIsLearntHasThePositionAtWhichItWasShown() {
        Example example = labelled(slot("a", 2, Double.NaN));

        assertThat(example.features()).isEqualTo(vector("a", 2));
        assertThat(example.features().size()).isEqualTo(3);
        assertThat(example.time()).isEqualTo(10_700);
        assertThat(example.label()).isEqualTo(1);
    }

    @Test
    void aLoggedScoreIsJudgedInsteadOfAHeldPrediction() {
        assertThat(labelled(slot("a", 0, Double.NaN)).origin()).isEqualTo(Example.Origin.HELD);

        Example logged = labelled(slot("a", 0, 0.25));
        assertThat(logged.origin()).isEqualTo(Example.Origin.LOGGED);
        assertThat(logged.loggedScore()).isEqualTo(0.25f);
    }

    @Test
    void onlySlotsWithoutAScoreArePredicted() {
        JoinOutput some = new JoinOutput.Shown(shown(slot("a", 0, 0.5), slot("b", 1, Double.NaN)));
        JoinOutput none = new JoinOutput.Shown(shown(slot("a", 0, 0.5)));

        Exposure exposure = (Exposure) encoded(some).get(0);

        assertThat(exposure.slots()).extracting(Exposure.Slot::item).containsExactly("b");
        assertThat(encoded(none)).isEmpty();
    }

    @Test
    void wholeSlatesGoToTheRankerWithGroupPlaceAndPropensity() {
        EncodeFunction ranking =
                new EncodeFunction(SCHEMA, true, Optional.of("item"), OpenWindow.AS_KNOWN);
        ranking.open(DefaultOpenContext.INSTANCE);
        ShownItem placed = new ShownItem("a", 3, 0.5, 0.25, Attributes.EMPTY);
        List<LearnerEvent> out = new ArrayList<>();

        ranking.flatMap(new JoinOutput.Shown(shown(placed)), new ListCollector<>(out));

        assertThat(out)
                .containsExactly(
                        new SlateShown(
                                10_000,
                                "r",
                                List.of(
                                        new SlateShown.Slot(
                                                "a",
                                                vector("a", -1),
                                                ItemGroup.named("a"),
                                                3,
                                                0.25f))));
    }

    @Test
    void feedbackThatIsNoLabelIsPassedOver() {
        Impression one = shown(slot("a", 0, 0.5));

        assertThat(encoded(new JoinOutput.Answered(10_100, one, "click", Double.NaN))).isEmpty();
    }

    @Test
    void streamingValuesThatTravelWithTheImpressionAreLearnt() {
        FeatureSchema schema =
                new FeatureSchema(SCHEMA.features(), List.of(count("shown", "item")));
        StreamedAttributes attributes = new StreamedAttributes(schema);
        StreamedValues values = new StreamedValues(schema);
        values.number(0, 7);
        ShownItem slot =
                new ShownItem(
                        "a", 2, 0.5, Double.NaN, attributes.withItem(Attributes.EMPTY, values));
        Impression logged =
                new Impression(
                        "r",
                        10_000,
                        "u",
                        attributes.withRequest(Attributes.EMPTY, values),
                        List.of(slot),
                        "");
        EncodeFunction streaming = new EncodeFunction(schema);
        streaming.open(DefaultOpenContext.INSTANCE);
        List<LearnerEvent> events = new ArrayList<>();

        streaming.flatMap(new JoinOutput.Labelled(10_700, logged, 1), new ListCollector<>(events));

        assertThat(((Example) events.get(0)).features().number(0)).isEqualTo(7);
    }

    private static StreamingFeature count(String name, String scope) {
        return new StreamingFeature(
                name,
                StreamingKind.COUNT,
                List.of(scope),
                FactSource.OUTCOMES,
                null,
                "",
                Double.POSITIVE_INFINITY,
                0,
                0,
                0,
                0,
                1000);
    }

    @Test
    void anInteractionIsAnExampleOfItsOwn() {
        Interaction bought =
                new Interaction(
                        "", 10_000, "u", "a", 1, Double.NaN, Attributes.EMPTY, Attributes.EMPTY);
        EncodeInteractionFunction interactions = new EncodeInteractionFunction(SCHEMA);
        interactions.open(DefaultOpenContext.INSTANCE);

        Example example = (Example) interactions.map(new Arrival(bought, SOURCE));

        assertThat(example.origin()).isEqualTo(Example.Origin.DIRECT);
        assertThat(example.request()).isEmpty();
        assertThat(example.time()).isEqualTo(10_000);
        assertThat(example.features()).isEqualTo(vector("a", -1));
    }

    @Test
    void anythingElseAmongInteractionsIsAFaultOfTheGraph() {
        EncodeInteractionFunction interactions = new EncodeInteractionFunction(SCHEMA);
        Feedback click = new Feedback("r", 1, "u", "a", "click", Double.NaN);

        assertThatThrownBy(() -> interactions.map(new Arrival(click, SOURCE)))
                .hasMessage("only interactions come with their label, found a Feedback");
    }

    private Example labelled(ShownItem slot) {
        return (Example) encoded(new JoinOutput.Labelled(10_700, shown(slot), 1)).get(0);
    }

    private List<LearnerEvent> encoded(JoinOutput output) {
        List<LearnerEvent> events = new ArrayList<>();
        encode.flatMap(output, new ListCollector<>(events));
        return events;
    }

    private static Impression shown(ShownItem... slots) {
        return new Impression("r", 10_000, "u", Attributes.EMPTY, List.of(slots), "");
    }

    private static ShownItem slot(String id, int position, double score) {
        return new ShownItem(id, position, score, Double.NaN, Attributes.EMPTY);
    }

    private static FeatureVector vector(String item, int position) {
        FeatureVector vector = new FeatureVector();
        new FeatureEncoder(SCHEMA)
                .encode(
                        10_000,
                        "u",
                        Attributes.EMPTY,
                        item,
                        Attributes.EMPTY,
                        position,
                        StreamedValues.NONE,
                        vector);
        return vector;
    }
}
