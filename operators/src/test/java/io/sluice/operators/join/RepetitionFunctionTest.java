package io.sluice.operators.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.StateNames;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.RepetitionRule;
import io.sluice.state.join.SeenInteractions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RepetitionFunctionTest {

    private static final RepetitionRule RULE = new RepetitionRule(1000);

    @Test
    void stateAndTimersAreGoneWhenTheWindowHasPassed() throws Exception {
        try (Harness first = new Harness(null)) {
            first.feed(at(10_000, "r1", "a"));
            first.feed(at(10_000, "r1", "b"));
            first.feed(at(10_500, "r1", "a"));
            first.feed(at(10_500, "", "a"));
            first.feed(at(10_500, "", "a"));
            assertThat(first.remembered()).isEqualTo(2);

            first.harness.processWatermark(10_999);
            assertThat(first.remembered()).isEqualTo(2);
            first.harness.processWatermark(11_000);

            assertThat(first.remembered()).isZero();
            assertThat(first.harness.numEventTimeTimers()).isZero();
            assertThat(first.passed())
                    .containsExactly("r1/a@10000", "r1/b@10000", "/a@10500", "/a@10500");
        }
    }

    @Test
    void aRepetitionIsSetAsideWithItsOriginalBytesAndTheReason() throws Exception {
        try (Harness first = new Harness(null)) {
            first.feed(at(10_000, "r1", "a"));
            first.feed(at(10_007, "r1", "a"));

            DeadLetter letter = first.deadLetters().get(0);
            assertThat(letter.reason()).isEqualTo(Reason.DUPLICATE_INTERACTION);
            assertThat(letter.topic()).isEqualTo("interactions");
            assertThat(letter.detail()).startsWith("item 'a' of request 'r1' has come before");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                    .isEqualTo("raw r1/a@10007");
        }
    }

    @Test
    void aNewFirstOneKeepsItsStateWhenTheTimerOfTheOldOneFires() throws Exception {
        try (Harness first = new Harness(null)) {
            first.feed(at(10_000, "r1", "a"));
            first.feed(at(11_001, "r1", "a"));
            first.harness.processWatermark(11_000);
            first.feed(at(11_500, "r1", "a"));

            assertThat(first.passed()).containsExactly("r1/a@10000", "r1/a@11001");
            assertThat(first.deadLetters()).hasSize(1);
        }
    }

    @Test
    void whatComesFarBehindTheWatermarkPassesAndItsRepetitionDoesNot() throws Exception {
        try (Harness first = new Harness(null)) {
            first.harness.processWatermark(50_000);
            first.feed(at(10_000, "r1", "a"));
            first.feed(at(10_000, "r1", "a"));
            assertThat(first.passed()).containsExactly("r1/a@10000");
            assertThat(first.deadLetters()).hasSize(1);

            first.harness.processWatermark(51_000);
            assertThat(first.remembered()).isZero();
        }
    }

    @Test
    void restoringBetweenAnyTwoEventsChangesNothingAndEqualsTheRuleOnTheHeap() throws Exception {
        long seed = Long.getLong("sluice.seed", 1);
        List<Interaction> events = random(new Random(seed));
        SeenInteractions twin = new SeenInteractions(RULE);
        List<String> expected =
                events.stream()
                        .filter(event -> twin.repetition(event) == null)
                        .map(RepetitionFunctionTest::text)
                        .toList();

        for (int cut = 0; cut <= events.size(); cut += 37) {
            List<String> passed = new ArrayList<>();
            int aside;
            OperatorSubtaskState snapshot;
            try (Harness first = new Harness(null)) {
                first.feedInOrder(events.subList(0, cut));
                snapshot = first.harness.snapshot(1, 1);
                passed.addAll(first.passed());
                aside = first.deadLetters().size();
            }
            try (Harness first = new Harness(snapshot)) {
                first.feedInOrder(events.subList(cut, events.size()));
                passed.addAll(first.passed());
                aside += first.deadLetters().size();
                first.harness.processWatermark(Long.MAX_VALUE);
                assertThat(first.remembered()).isZero();
            }
            assertThat(passed).as("seed %d, cut at %d", seed, cut).isEqualTo(expected);
            assertThat(passed.size() + aside).isEqualTo(events.size());
        }
    }

    private static List<Interaction> random(Random random) {
        List<Interaction> events = new ArrayList<>();
        long time = 10_000;
        for (int i = 0; i < 300; i++) {
            time += random.nextInt(40);
            String request = random.nextInt(10) == 0 ? "" : "r" + random.nextInt(30);
            events.add(at(time, request, random.nextBoolean() ? "a" : "b"));
        }
        return events;
    }

    private static Interaction at(long time, String request, String item) {
        return new Interaction(
                request, time, "u", item, 1, Double.NaN, Attributes.EMPTY, Attributes.EMPTY);
    }

    private static String text(Interaction event) {
        return "%s/%s@%d".formatted(event.request(), event.item(), event.timestamp());
    }

    /** The function on RocksDB. */
    private static final class Harness implements AutoCloseable {

        final KeyedOneInputStreamOperatorTestHarness<String, Arrival, Arrival> harness;

        Harness(OperatorSubtaskState restored) throws Exception {
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(new RepetitionFunction(RULE)),
                            new InteractionKeyFunction(),
                            Types.STRING);
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            harness.setup(SluiceTypes.ARRIVAL.createSerializer());
            if (restored != null) {
                harness.initializeState(restored);
            }
            harness.open();
        }

        void feed(Interaction event) throws Exception {
            byte[] raw = ("raw " + text(event)).getBytes(StandardCharsets.UTF_8);
            SourceRecord source =
                    new SourceRecord("interactions", 0, 1, event.timestamp(), null, raw);
            harness.processElement(new Arrival(event, source), event.timestamp());
        }

        /** With the watermark close behind. */
        void feedInOrder(List<Interaction> events) throws Exception {
            for (Interaction event : events) {
                feed(event);
                harness.processWatermark(event.timestamp() - 1);
            }
        }

        /** The keys in RocksDB; the harness itself can only count on the heap. */
        long remembered() {
            try (Stream<Object> keys =
                    harness.getOperator()
                            .getKeyedStateBackend()
                            .getKeys(StateNames.SEEN_INTERACTION, VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }

        List<String> passed() {
            return harness.extractOutputValues().stream()
                    .map(arrival -> text((Interaction) arrival.event()))
                    .toList();
        }

        List<DeadLetter> deadLetters() {
            var side = harness.getSideOutput(DeadLetters.TAG);
            return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
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
