package io.sluice.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.JoinOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EntityMessageFunctionTest {

    private static final SourceRecord SOURCE = new SourceRecord("t", 0, 0, 0, null, null);

    @Test
    void messagesToRecordsThatFollowOthersGoTheirOwnWay() throws Exception {
        try (Harness<Arrival> facts = new Harness<>(interactions(true))) {
            facts.harness.processElement(arrival(10_000), 10_000);

            assertThat(facts.main()).noneMatch(each -> RecordFacts.PLAN.follows(each.scope()));
            assertThat(facts.following()).allMatch(each -> RecordFacts.PLAN.follows(each.scope()));
            assertThat(facts.following()).as("a question and a change of the item").hasSize(2);
            assertThat(facts.main()).as("user, user and item, all: both for each").hasSize(6);
        }
    }

    @Test
    void factsBehindTheWatermarkAreCountedAndSentAllTheSame() throws Exception {
        try (Harness<Arrival> facts = new Harness<>(interactions(false))) {
            facts.harness.processWatermark(10_000);
            facts.harness.processElement(arrival(10_000), 10_000);
            facts.harness.processElement(arrival(10_001), 10_001);

            assertThat(facts.function.counted()).as("facts, late ones").containsExactly(2, 1);
            assertThat(facts.main()).hasSize(6);
        }
    }

    @Test
    void whatIsNoInteractionIsNoFactOfThem() throws Exception {
        Feedback click = new Feedback("r", 1, "u", "a", "click", Double.NaN);
        try (Harness<Arrival> facts = new Harness<>(interactions(true))) {
            facts.harness.processElement(new Arrival(click, SOURCE), 1);

            assertThat(facts.main()).isEmpty();
        }
    }

    @Test
    void onlyImpressionsWithoutValuesAsk() throws Exception {
        Attributes logged =
                new StreamedAttributes(RecordFacts.SCHEMA)
                        .withRequest(Attributes.EMPTY, new StreamedValues(RecordFacts.SCHEMA));
        JoinedFactFunction function = new JoinedFactFunction(RecordFacts.SCHEMA, true);
        try (Harness<JoinOutput> facts = new Harness<>(function)) {
            facts.harness.processElement(new JoinOutput.Shown(shown(logged)), 10_000);
            assertThat(facts.main()).isEmpty();

            facts.harness.processElement(new JoinOutput.Shown(shown(Attributes.EMPTY)), 10_000);
            assertThat(facts.main()).hasSize(3);
            assertThat(facts.main()).allMatch(each -> each instanceof EntityMessage.Question);

            facts.harness.processElement(
                    new JoinOutput.Labelled(10_500, shown(Attributes.EMPTY), 1), 10_500);
            assertThat(facts.main()).as("an outcome is a fact").hasSize(6);
        }
    }

    private static InteractionFactFunction interactions(boolean asks) {
        return new InteractionFactFunction(RecordFacts.SCHEMA, true, asks);
    }

    private static Arrival arrival(long time) {
        return new Arrival(RecordFacts.event(time, "u", "i", 1), SOURCE);
    }

    private static Impression shown(Attributes context) {
        ShownItem slot = new ShownItem("a", 0, 0.5, Double.NaN, Attributes.EMPTY);
        return new Impression("r", 10_000, "u", context, List.of(slot), "");
    }

    /** A function alone. */
    private static final class Harness<T> implements AutoCloseable {

        final EntityMessageFunction<T> function;
        final OneInputStreamOperatorTestHarness<T, EntityMessage> harness;

        Harness(EntityMessageFunction<T> function) throws Exception {
            this.function = function;
            harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function));
            harness.setup(SluiceTypes.ENTITY_MESSAGE.createSerializer());
            harness.open();
        }

        List<EntityMessage> main() {
            return harness.extractOutputValues();
        }

        List<EntityMessage> following() {
            List<EntityMessage> following = new ArrayList<>();
            for (StreamRecord<EntityMessage> each :
                    harness.getSideOutput(EntityMessageFunction.FOLLOWING)) {
                following.add(each.getValue());
            }
            return following;
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception e) {
                throw new AssertionError("the harness did not close", e);
            }
        }
    }
}
