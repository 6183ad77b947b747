package io.sluice.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.AsOfValues;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.join.JoinOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class JoinedValuesFunctionTest {

    private static final Impression SHOWN = shown(Attributes.EMPTY);
    private static final JoinOutput FIRST = labelled(0, 1);
    private static final JoinOutput SECOND = labelled(1, 0);
    private static final StreamedAttributes ATTRIBUTES = new StreamedAttributes(RecordFacts.SCHEMA);

    @Test
    void anImpressionWaitsForItsAnswersAndItsLabelsWaitWithIt() throws Exception {
        List<EntityAnswers> answers = answers();
        try (Harness values = new Harness(null)) {
            values.harness.processElement1(new JoinOutput.Shown(SHOWN), 0);
            values.harness.processElement1(FIRST, 0);
            for (EntityAnswers each : answers.subList(1, answers.size())) {
                values.harness.processElement2(each, 0);
            }
            assertThat(values.out()).as("an answer is missing").isEmpty();

            values.harness.processElement2(answers.get(0), 0);
            values.harness.processElement1(SECOND, 0);

            assertThat(values.out()).hasSize(3);
            assertThat(values.out().get(0)).isInstanceOf(JoinOutput.Shown.class);
            for (JoinOutput output : values.out()) {
                assertThat(ATTRIBUTES.isLogged(output.impression().context())).isTrue();
            }
            assertThat(count(values.out().get(1))).isEqualTo(7);
            assertThat(((JoinOutput.Labelled) values.out().get(1)).label()).isEqualTo(1);
            assertThat(values.keys()).as("nothing stays").isZero();
        }
    }

    @Test
    void answersThatComeFirstWaitForTheImpression() throws Exception {
        try (Harness values = new Harness(null)) {
            for (EntityAnswers each : answers()) {
                values.harness.processElement2(each, 0);
            }
            values.harness.processElement1(new JoinOutput.Shown(SHOWN), 0);

            assertThat(values.out()).hasSize(1);
        }
    }

    @Test
    void anImpressionThatBringsItsValuesPassesUntouched() throws Exception {
        Attributes logged =
                ATTRIBUTES.withRequest(Attributes.EMPTY, new StreamedValues(RecordFacts.SCHEMA));
        JoinOutput shown = new JoinOutput.Shown(shown(logged));
        try (Harness values = new Harness(null)) {
            values.harness.processElement1(shown, 0);

            assertThat(values.out()).containsExactly(shown);
            assertThat(values.keys()).isZero();
        }
    }

    @Test
    void aLabelOfAnImpressionFromBeforePassesAsItIs() throws Exception {
        try (Harness values = new Harness(null)) {
            values.harness.processElement1(FIRST, 0);

            assertThat(values.out()).containsExactly(FIRST);
            assertThat(values.keys()).isZero();
        }
    }

    @Test
    void restoringBetweenAnyTwoElementsChangesNothing() throws Exception {
        List<Object> elements = new ArrayList<>(answers());
        elements.add(1, new JoinOutput.Shown(SHOWN));
        elements.add(2, new JoinOutput.Assumed(FIRST.time() - 1, FIRST.impression()));
        elements.add(3, FIRST);
        elements.add(SECOND);
        List<JoinOutput> whole = new ArrayList<>();
        try (Harness values = new Harness(null)) {
            values.feed(elements);
            whole.addAll(values.out());
        }
        assertThat(whole).hasSize(4);
        assertThat(whole).hasAtLeastOneElementOfType(JoinOutput.Assumed.class);
        for (JoinOutput output : whole) {
            assertThat(ATTRIBUTES.isLogged(output.impression().context())).isTrue();
        }

        for (int cut = 0; cut <= elements.size(); cut++) {
            OperatorSubtaskState state;
            List<JoinOutput> parts = new ArrayList<>();
            try (Harness values = new Harness(null)) {
                values.feed(elements.subList(0, cut));
                state = values.harness.snapshot(1, 1);
                parts.addAll(values.out());
            }
            try (Harness values = new Harness(state)) {
                values.feed(elements.subList(cut, elements.size()));
                parts.addAll(values.out());
                assertThat(parts).as("cut at %d", cut).isEqualTo(whole);
                assertThat(values.keys()).as("cut at %d", cut).isZero();
            }
        }
    }

    /** One message for each record that is needed; the global count is 7, the rest is not known. */
    private static List<EntityAnswers> answers() {
        List<EntityAnswers> answers = new ArrayList<>();
        for (EntityMessage.Question question :
                new AsOfValues(RecordFacts.PLAN).questions(SHOWN, Askers.of(SHOWN))) {
            long[] record = null;
            if (RecordFacts.PLAN.scopes().get(question.scope()).parts().isEmpty()) {
                record = global();
            }
            answers.add(
                    new EntityAnswers(
                            question.asker(),
                            List.of(
                                    new EntityAnswers.Found(
                                            question.scope(), question.key(), record))));
        }
        return answers;
    }

    private static long[] global() {
        int words =
                RecordFacts.PLAN.scopes().stream()
                        .filter(scope -> scope.parts().isEmpty())
                        .findFirst()
                        .orElseThrow()
                        .words();
        long[] record = new long[words];
        record[0] = SHOWN.timestamp() + 1;
        record[words - 2] = SHOWN.timestamp();
        record[words - 1] = Double.doubleToLongBits(7);
        return record;
    }

    private static double count(JoinOutput output) {
        Attributes context = output.impression().context();
        return context.number(context.first("~all"));
    }

    private static Impression shown(Attributes context) {
        return new Impression("r", 10_000, "u", context, List.of(slot("a", 0), slot("b", 1)), "");
    }

    private static ShownItem slot(String id, int position) {
        return new ShownItem(id, position, Double.NaN, Double.NaN, Attributes.EMPTY);
    }

    private static JoinOutput labelled(int slot, int label) {
        return new JoinOutput.Labelled(
                10_500 + slot, JoinOutput.reduce(SHOWN, List.of(SHOWN.items().get(slot))), label);
    }

    /** The function on RocksDB. */
    private static final class Harness implements AutoCloseable {

        final KeyedTwoInputStreamOperatorTestHarness<String, JoinOutput, EntityAnswers, JoinOutput>
                harness;

        Harness(OperatorSubtaskState restored) throws Exception {
            harness =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(
                                    new JoinedValuesFunction(RecordFacts.SCHEMA)),
                            new JoinedKeyFunction(),
                            new AnswerKeyFunction(),
                            Types.STRING);
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            harness.setup(SluiceTypes.JOIN_OUTPUT.createSerializer());
            if (restored != null) {
                harness.initializeState(restored);
            }
            harness.open();
        }

        void feed(List<Object> elements) throws Exception {
            for (Object element : elements) {
                if (element instanceof JoinOutput output) {
                    harness.processElement1(output, 0);
                } else {
                    harness.processElement2((EntityAnswers) element, 0);
                }
            }
        }

        List<JoinOutput> out() {
            return harness.extractOutputValues();
        }

        /** Keys of all states together. */
        long keys() {
            return Stream.of(
                            StateNames.EVENT,
                            StateNames.ANSWERS,
                            StateNames.MISSING_ANSWERS,
                            StateNames.WAITING_LABELS,
                            StateNames.MISSING_LABELS)
                    .mapToLong(this::keys)
                    .sum();
        }

        private long keys(String state) {
            try (Stream<Object> keys =
                    harness.getOperator()
                            .getKeyedStateBackend()
                            .getKeys(state, VoidNamespace.INSTANCE)) {
                return keys.count();
            }
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
