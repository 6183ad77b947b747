package io.sluice.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Pairs of items that nobody knew are shown together, and one of each is clicked. Until the click
 * shows, both have the same score, since nothing else tells them apart; so the first reply in which
 * they differ is the one that has learnt it. Other traffic goes on meanwhile.
 */
final class FreshnessRun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final double LOOKS_PER_SECOND = 100;
    private static final int LOOKS_PER_PAIR = 10;

    /** Looks between showing a pair and the click on it. */
    private static final int PAUSE = 120;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SluiceConfig config;
    private final URI server;
    private final EventTopics topics;

    // -- what is measured
    private final Histogram changed = Latencies.histogram();
    private final Histogram reflected = Latencies.histogram();
    private final Deque<Pair> shown = new ArrayDeque<>();
    private final Deque<Pair> clicked = new ArrayDeque<>();
    private int unseen;
    private int untrue;

    /** A pair of items. */
    private static final class Pair {

        final int number;
        final long shownAtLook;
        long clickedMs;
        long clickedNanos;
        boolean hasChanged;
        boolean isReflected;

        Pair(int number, long look) {
            this.number = number;
            shownAtLook = look;
        }

        String item(String which) {
            return which + number;
        }
    }

    FreshnessRun(SluiceConfig config, URI server, EventTopics topics) {
        this.config = config;
        this.server = server;
        this.topics = topics;
    }

    /** Clicks so often, ten times a second, and looks until all of them show. */
    Freshness run(int clicks) throws IOException, InterruptedException {
        Thread others = new Thread(new OtherTraffic(server, config, topics), "other-traffic");
        others.start();
        try (HttpWire wire = new HttpWire(server)) {
            Schedule schedule = Schedule.perSecond(LOOKS_PER_SECOND);
            int pairs = 0;
            for (long look = 0; pairs < clicks || !shown.isEmpty() || !clicked.isEmpty(); look++) {
                if (pairs < clicks && look % LOOKS_PER_PAIR == 0) {
                    shown.add(show(new Pair(pairs++, look)));
                }
                if (!shown.isEmpty() && shown.peek().shownAtLook + PAUSE <= look) {
                    clicked.add(click(shown.poll()));
                }
                schedule.await(look);
                if (!clicked.isEmpty()) {
                    look(wire, look);
                }
            }
        } finally {
            others.interrupt();
            others.join();
        }
        return new Freshness(
                clicks,
                unseen,
                untrue,
                Latencies.of(changed, unseen),
                Latencies.of(reflected, unseen));
    }

    private Pair show(Pair pair) {
        List<ShownItem> items =
                List.of(slot(pair.item("clicked"), 0), slot(pair.item("passed"), 1));
        topics.send(
                config.topics().impressions(),
                new Impression(
                        "pair" + pair.number,
                        System.currentTimeMillis(),
                        "prober",
                        Attributes.EMPTY,
                        items,
                        ""));
        return pair;
    }

    private static ShownItem slot(String item, int position) {
        return new ShownItem(item, position, Double.NaN, Double.NaN, Attributes.EMPTY);
    }

    private Pair click(Pair pair) {
        pair.clickedMs = System.currentTimeMillis();
        pair.clickedNanos = System.nanoTime();
        topics.send(
                config.topics().feedback(),
                new Feedback(
                        "pair" + pair.number,
                        pair.clickedMs,
                        "prober",
                        pair.item("clicked"),
                        "click",
                        Double.NaN));
        return pair;
    }

    private void look(HttpWire wire, long look) throws IOException {
        StringBuilder body = new StringBuilder("{\"request\":\"look");
        body.append(look).append("\",\"user\":\"prober\",\"items\":[");
        for (Pair pair : clicked) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",");
            body.append("{\"id\":\"").append(pair.item("clicked")).append("\"},{\"id\":\"");
            body.append(pair.item("passed")).append("\"}");
        }
        body.append("]}");
        HttpWire.Reply reply = wire.post(body.toString().getBytes(StandardCharsets.UTF_8));
        long now = System.nanoTime();
        JsonNode answer = JSON.readTree(reply.body());
        Map<String, Double> scores = new HashMap<>();
        answer.path("items")
                .forEach(
                        item ->
                                scores.put(
                                        item.path("id").asText(), item.path("score").asDouble()));
        judge(answer.path("model").path("eventTime").asLong(), scores, now);
    }

    private void judge(long eventTime, Map<String, Double> scores, long now) {
        for (Iterator<Pair> each = clicked.iterator(); each.hasNext(); ) {
            Pair pair = each.next();
            boolean differs =
                    !scores.get(pair.item("clicked")).equals(scores.get(pair.item("passed")));
            boolean claims = eventTime > pair.clickedMs;
            if (differs && !pair.hasChanged) {
                pair.hasChanged = true;
                Latencies.record(changed, now - pair.clickedNanos);
            }
            if (claims && !pair.isReflected) {
                pair.isReflected = true;
                untrue += differs ? 0 : 1;
                Latencies.record(reflected, now - pair.clickedNanos);
            }
            boolean late = now - pair.clickedNanos > PATIENCE_NANOS;
            if ((pair.hasChanged && pair.isReflected) || late) {
                unseen += pair.hasChanged ? 0 : 1;
                each.remove();
            }
        }
    }
}
