package io.sluice.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.feature.stream.AsOfValues;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.join.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InteractionValuesFunctionTest {

    private static final SourceRecord SOURCE = new SourceRecord("t", 2, 17, 0, null, null);
    private static final Interaction EVENT = RecordFacts.event(10_000, "u", "i", 1);

    private KeyedTwoInputStreamOperatorTestHarness<String, Arrival, EntityAnswers, Arrival> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(
                                new InteractionValuesFunction(RecordFacts.SCHEMA)),
                        new ArrivalKeyFunction(),
                        new AnswerKeyFunction(),
                        Types.STRING);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup(SluiceTypes.ARRIVAL.createSerializer());
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void anInteractionGetsItsValuesWhenTheLastAnswerHasComeAndLeavesNothing() throws Exception {
        List<EntityAnswers> answers = answers();
        harness.processElement2(answers.get(0), 0);
        harness.processElement1(new Arrival(EVENT, SOURCE), 0);
        for (EntityAnswers each : answers.subList(1, answers.size() - 1)) {
            harness.processElement2(each, 0);
        }
        assertThat(harness.extractOutputValues()).isEmpty();

        harness.processElement2(answers.get(answers.size() - 1), 0);

        assertThat(harness.extractOutputValues()).hasSize(1);
        Arrival complete = harness.extractOutputValues().get(0);
        assertThat(complete.source()).isEqualTo(SOURCE);
        assertThat(values().isComplete(((Interaction) complete.event()).context())).isTrue();
        assertThat(keys(StateNames.EVENT) + keys(StateNames.ANSWERS)).isZero();
    }

    @Test
    void oneThatBringsItsValuesPassesUntouched() throws Exception {
        Arrival logged = new Arrival(values().with(EVENT, List.of()), SOURCE);

        harness.processElement1(logged, 0);

        assertThat(harness.extractOutputValues()).containsExactly(logged);
        assertThat(keys(StateNames.EVENT)).isZero();
    }

    private static List<EntityAnswers> answers() {
        List<EntityAnswers> answers = new ArrayList<>();
        for (EntityMessage.Question each : values().questions(EVENT, Askers.of(SOURCE))) {
            answers.add(
                    new EntityAnswers(
                            each.asker(),
                            List.of(new EntityAnswers.Found(each.scope(), each.key(), null))));
        }
        return answers;
    }

    private static AsOfValues values() {
        return new AsOfValues(RecordFacts.PLAN);
    }

    private long keys(String state) {
        try (Stream<Object> keys =
                harness.getOperator()
                        .getKeyedStateBackend()
                        .getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }
}
