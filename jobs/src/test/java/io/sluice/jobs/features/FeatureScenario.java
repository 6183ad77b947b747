package io.sluice.jobs.features;

import io.sluice.operators.serde.EventWriter;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamState;
import io.sluice.state.feature.stream.StreamTables;
import io.sluice.state.join.AttributionConfig;
import io.sluice.state.join.JoinListener;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.PendingRequest;
import io.sluice.state.join.RequestJoin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A seeded stream of slates, feedback and behaviour, and what one process makes of it. */
final class FeatureScenario {

    static final long WINDOW_MS = 1000;

    private static final long START = 1_700_000_000_000L;
    private static final int USERS = 60;
    private static final int ITEMS = 80;
    private static final SourceRecord SOURCE = new SourceRecord("t", 0, 0, -1, null, null);

    /** In order of time. */
    final List<StreamEvent> events = new ArrayList<>();

    /** Time of the last event. */
    final long end;

    private final Random random;

    FeatureScenario(long seed, int requests) {
        random = new Random(seed);
        long time = START;
        for (int r = 0; r < requests; r++) {
            time += 10L * random.nextInt(5);
            request("r" + r, time);
        }
        events.sort(Comparator.comparingLong(StreamEvent::timestamp));
        end = events.get(events.size() - 1).timestamp();
    }

    private void request(String request, long time) {
        String user = "u" + random.nextInt(USERS);
        List<ShownItem> items = new ArrayList<>();
        int first = random.nextInt(ITEMS);
        for (int slot = 0; slot < 4; slot++) {
            int item = (first + 7 * slot) % ITEMS;
            double score = slot % 2 == 0 ? Double.NaN : 0.25;
            items.add(new ShownItem("i" + item, slot, score, Double.NaN, attributes(item)));
            if (random.nextInt(5) == 0) {
                long at = time + 10L * random.nextInt(90);
                events.add(new Feedback(request, at, user, "i" + item, "click", Double.NaN));
            }
        }
        events.add(new Impression(request, time, user, Attributes.EMPTY, items, ""));
        int seen = random.nextInt(ITEMS);
        events.add(
                new Interaction(
                        "",
                        time + 10L * random.nextInt(20),
                        "u" + random.nextInt(USERS),
                        "i" + seen,
                        random.nextInt(2),
                        random.nextInt(5),
                        Attributes.EMPTY,
                        attributes(seen)));
    }

    private static Attributes attributes(int item) {
        Attributes.Builder attributes = Attributes.builder().put("weight", item / 7.0);
        attributes.put("tags", "t" + item % 3);
        if (item % 4 == 0) {
            attributes.put("tags", "red");
        }
        return attributes.build();
    }

    static byte[] value(StreamEvent event) {
        return EventWriter.value(event);
    }

    /** The records that one process has at the end. */
    StreamTables inProcess(StreamPlan plan) {
        StreamState state = new StreamState(plan);
        RequestJoin join =
                new RequestJoin(
                        new AttributionConfig(
                                Map.of("click", new AttributionConfig.Kind(1, WINDOW_MS)), 5000));
        Map<String, PendingRequest> requests = new HashMap<>();
        Listener listener = new Listener(state);
        for (StreamEvent event : events) {
            if (event instanceof Interaction interaction) {
                state.add(Facts.of(interaction, false));
            } else if (event instanceof Impression shown) {
                PendingRequest request = pending(requests, shown.request());
                join.impression(request, shown, SOURCE, Long.MIN_VALUE, listener);
            } else if (event instanceof Feedback given) {
                PendingRequest request = pending(requests, given.request());
                join.feedback(request, given, SOURCE, Long.MIN_VALUE, listener);
            }
        }
        requests.values().forEach(request -> join.passed(request, Long.MAX_VALUE, listener));
        state.advance(Long.MAX_VALUE);
        return state.tables();
    }

    private static PendingRequest pending(Map<String, PendingRequest> requests, String id) {
        return requests.computeIfAbsent(id, unused -> new PendingRequest());
    }

    /** Facts out of the join; nothing of the stream is refused. */
    private record Listener(StreamState state) implements JoinListener {

        @Override
        public void found(JoinOutput output) {
            Facts.of(output, state::add);
        }

        @Override
        public void rejected(DeadLetter letter) {
            throw new AssertionError(letter.reason() + ": " + letter.detail());
        }

        @Override
        public void absorbed(Absorbed how) {}

        @Override
        public void wake(long time) {}

        @Override
        public void cancel(long time) {}
    }
}
