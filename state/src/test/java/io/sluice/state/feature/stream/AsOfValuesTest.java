package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsOfValuesTest {

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)),
                    List.of(
                            feature("seen", StreamingKind.COUNT, List.of("user"), "", 0),
                            feature("met", StreamingKind.COUNT, List.of("user", "item"), "", 0),
                            feature("last", StreamingKind.LAST, List.of("user"), "item", 3)));
    private static final StreamPlan PLAN = StreamPlan.of(SCHEMA);

    private final AsOfValues values = new AsOfValues(PLAN);
    private final StreamState state = new StreamState(PLAN);

    @Test
    void asksForEachRecordOnce() {
        Impression shown = shown("a", "b", "a");

        List<EntityMessage.Question> questions = values.questions(shown, "me");

        assertThat(questions).as("the user, and the user with a and with b").hasSize(3);
        assertThat(questions).doesNotHaveDuplicates();
        assertThat(questions).allMatch(q -> q.time() == 10_000 && q.asker().equals("me"));
    }

    @Test
    void answersGiveAnImpressionTheValuesThatAReaderFinds() {
        state.add(Facts.of(interaction(9_000, "a"), true));
        state.add(Facts.of(interaction(9_500, "b"), true));
        state.advance(10_000);
        Impression shown = shown("a", "c");

        Impression complete = values.with(shown, List.of(answers(values.questions(shown, ""))));

        assertThat(values.isComplete(shown.context())).isFalse();
        assertThat(values.isComplete(complete.context())).isTrue();
        StreamedAttributes attributes = new StreamedAttributes(SCHEMA);
        StreamedValues found = new StreamedValues(SCHEMA);
        attributes.readRequest(complete.context(), found);
        attributes.readItem(complete.items().get(0).features(), found);
        StreamedValues expected = new StreamedValues(SCHEMA);
        StreamReader reader = new StreamReader(PLAN, state.tables());
        reader.request(10_000, "u", Attributes.EMPTY, expected);
        reader.item("a", Attributes.EMPTY, expected);
        assertThat(found.number(0)).isEqualTo(2).isEqualTo(expected.number(0));
        assertThat(found.number(1)).isEqualTo(1).isEqualTo(expected.number(1));
        assertThat(found.keys(2)).isEqualTo(2);
        assertThat(found.key(2, 0)).isEqualTo(expected.key(2, 0));
        attributes.readItem(complete.items().get(1).features(), found);
        assertThat(found.number(1)).as("never met c").isZero();
    }

    @Test
    void answersGiveAnInteractionItsValuesAndLeaveTheRestAsItWas() {
        state.add(Facts.of(interaction(9_000, "a"), true));
        state.advance(10_000);
        Interaction event = interaction(10_000, "a");

        Interaction complete = values.with(event, List.of(answers(values.questions(event, ""))));

        assertThat(values.isComplete(complete.context())).isTrue();
        assertThat(complete.features().number(complete.features().first("~met"))).isEqualTo(1);
        assertThat(complete.timestamp()).isEqualTo(event.timestamp());
        assertThat(complete.label()).isEqualTo(event.label());
    }

    private EntityAnswers answers(List<EntityMessage.Question> questions) {
        List<EntityAnswers.Found> found = new ArrayList<>();
        for (EntityMessage.Question question : questions) {
            long[] record = new long[PLAN.scopes().get(question.scope()).words()];
            boolean isThere = state.tables().copy(question.scope(), question.key(), record);
            found.add(
                    new EntityAnswers.Found(
                            question.scope(), question.key(), isThere ? record : null));
        }
        return new EntityAnswers("", found);
    }

    private static Impression shown(String... items) {
        List<ShownItem> slots = new ArrayList<>();
        for (String item : items) {
            slots.add(new ShownItem(item, slots.size(), Double.NaN, Double.NaN, Attributes.EMPTY));
        }
        return new Impression("r", 10_000, "u", Attributes.EMPTY, slots, "");
    }

    private static Interaction interaction(long time, String item) {
        return new Interaction(
                "", time, "u", item, 1, Double.NaN, Attributes.EMPTY, Attributes.EMPTY);
    }

    private static StreamingFeature feature(
            String name, StreamingKind kind, List<String> scope, String field, int size) {
        return new StreamingFeature(
                name,
                kind,
                scope,
                FactSource.OUTCOMES,
                null,
                field,
                Double.POSITIVE_INFINITY,
                0,
                size,
                0,
                0,
                1_000_000);
    }
}
