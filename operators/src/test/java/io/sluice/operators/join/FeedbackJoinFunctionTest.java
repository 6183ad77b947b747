package io.sluice.operators.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.StateNames;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.AttributionConfig;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.Patience;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

class FeedbackJoinFunctionTest {

    private static final long WINDOW_MS = 1000;
    private static final AttributionConfig CONFIG =
            new AttributionConfig(
                    Map.of(
                            "click", new AttributionConfig.Kind(1, WINDOW_MS),
                            "hide", new AttributionConfig.Kind(0, 200)),
                    50,
                    // The whole of it for each request.
                    new Patience(300, 1));

    @Test
    void stateAndTimersAreGoneWhenTheWindowHasPassed() throws Exception {
        try (Harness join = new Harness(null)) {
            join.feed(shown("r1", 10_000, "a", "b"));
            join.feed(given("r1", "click", "a", 10_100));
            join.feed(given("r2", "click", "a", 10_200));
            join.feed(given("r3", "hide", "a", 10_200));
            join.feed(shown("r3", 10_050, "a"));
            join.feed(shown("r3", 10_060, "a"));
            assertThat(join.requests()).isEqualTo(3);

            join.harness.processWatermark(11_200);

            assertThat(join.requests()).isZero();
            assertThat(join.harness.numEventTimeTimers()).isZero();
            assertThat(join.labels())
                    .containsExactlyInAnyOrder("r1/a=1@10100", "r1/b=0@11000", "r3/a=0@10200");
            assertThat(join.assumptions()).containsExactly("r1/b?@10300");
            assertThat(join.reasons())
                    .containsExactlyInAnyOrder(Reason.DUPLICATE_REQUEST, Reason.NO_IMPRESSION);
        }
    }

    @Test
    void aRejectedFeedbackIsSetAsideWithItsOriginalBytes() throws Exception {
        try (Harness join = new Harness(null)) {
            join.feed(given("r9", "click", "a", 10_000));
            join.harness.processWatermark(Long.MAX_VALUE);

            DeadLetter letter = join.deadLetters().get(0);
            assertThat(letter.reason()).isEqualTo(Reason.NO_IMPRESSION);
            assertThat(letter.topic()).isEqualTo("feedback");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("raw r9");
        }
    }

    @Test
    void restoringBetweenAnyTwoEventsChangesNothing() throws Exception {
        long seed = Long.getLong("sluice.seed", 1);
        List<StreamEvent> events = randomEvents(new Random(seed));
        List<String> whole = new ArrayList<>();
        try (Harness join = new Harness(null)) {
            for (StreamEvent event : events) {
                join.feed(event);
            }
            join.harness.processWatermark(Long.MAX_VALUE);
            whole.addAll(join.everything());
        }

        for (int cut = 0; cut <= events.size(); cut += 7) {
            List<String> parts = new ArrayList<>();
            OperatorSubtaskState snapshot;
            try (Harness join = new Harness(null)) {
                for (StreamEvent event : events.subList(0, cut)) {
                    join.feed(event);
                }
                if (cut == events.size()) {
                    // Some slots are taken for negatives already.
                    join.harness.processWatermark(10_700);
                }
                snapshot = join.harness.snapshot(1, 1);
                parts.addAll(join.everything());
            }
            try (Harness join = new Harness(snapshot)) {
                for (StreamEvent event : events.subList(cut, events.size())) {
                    join.feed(event);
                }
                join.harness.processWatermark(Long.MAX_VALUE);
                assertThat(join.requests()).isZero();
                parts.addAll(join.everything());
            }
            assertThat(parts)
                    .as("seed %d, cut at %d", seed, cut)
                    .containsExactlyInAnyOrderElementsOf(whole);
        }
    }

    private static List<StreamEvent> randomEvents(Random random) {
        List<StreamEvent> events = new ArrayList<>();
        for (int r = 0; r < 12; r++) {
            String request = "r" + r;
            long at = 10_000L + 100L * r;
            events.add(shown(request, at, "a", "b", "c"));
            for (int f = 0; f < random.nextInt(4); f++) {
                String item = random.nextBoolean() ? "a" : "d";
                String kind = random.nextBoolean() ? "click" : "hide";
                int place = random.nextInt(events.size() + 1);
                events.add(place, given(request, kind, item, at + random.nextInt(1200)));
            }
        }
        return events;
    }

    private static Impression shown(String request, long at, String... items) {
        List<ShownItem> slots = new ArrayList<>();
        for (String item : items) {
            slots.add(new ShownItem(item, slots.size(), 0.5, Double.NaN, Attributes.EMPTY));
        }
        return new Impression(request, at, "u", Attributes.EMPTY, slots, "1.1");
    }

    private static Feedback given(String request, String kind, String item, long at) {
        return new Feedback(request, at, "u", item, kind, Double.NaN);
    }

    /** The join on RocksDB, keyed by request. */
    private static final class Harness implements AutoCloseable {

        final KeyedOneInputStreamOperatorTestHarness<String, Arrival, JoinOutput> harness;

        Harness(OperatorSubtaskState restored) throws Exception {
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(new FeedbackJoinFunction(CONFIG)),
                            new RequestKeyFunction(),
                            Types.STRING);
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            harness.setup(SluiceTypes.JOIN_OUTPUT.createSerializer());
            if (restored != null) {
                harness.initializeState(restored);
            }
            harness.open();
        }

        void feed(StreamEvent event) throws Exception {
            String topic = event instanceof Impression ? "impressions" : "feedback";
            String request = event instanceof Impression i ? i.request() : request(event);
            byte[] raw = ("raw " + request).getBytes(StandardCharsets.UTF_8);
            SourceRecord source = new SourceRecord(topic, 0, 1, event.timestamp(), null, raw);
            harness.processElement(new Arrival(event, source), event.timestamp());
        }

        private static String request(StreamEvent event) {
            return ((Feedback) event).request();
        }

        /** The requests in RocksDB; the harness itself can only count on the heap. */
        long requests() {
            try (Stream<Object> keys =
                    harness.getOperator()
                            .getKeyedStateBackend()
                            .getKeys(StateNames.PENDING_REQUEST, VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }

        List<String> labels() {
            List<String> labels = new ArrayList<>();
            for (JoinOutput output : harness.extractOutputValues()) {
                if (output instanceof JoinOutput.Labelled found) {
                    labels.add(
                            "%s/%s=%d@%d"
                                    .formatted(
                                            found.impression().request(),
                                            found.slot().id(),
                                            found.label(),
                                            found.time()));
                }
            }
            return labels;
        }

        List<String> assumptions() {
            List<String> assumptions = new ArrayList<>();
            for (JoinOutput output : harness.extractOutputValues()) {
                if (output instanceof JoinOutput.Assumed found) {
                    assumptions.add(
                            found.impression().request()
                                    + "/"
                                    + found.slot().id()
                                    + "?@"
                                    + found.time());
                }
            }
            return assumptions;
        }

        List<DeadLetter> deadLetters() {
            var side = harness.getSideOutput(DeadLetters.TAG);
            return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
        }

        List<Reason> reasons() {
            return deadLetters().stream().map(DeadLetter::reason).toList();
        }

        List<String> everything() {
            List<String> all = new ArrayList<>(labels());
            all.addAll(assumptions());
            deadLetters().forEach(letter -> all.add(letter.reason() + " " + letter.detail()));
            return all;
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
