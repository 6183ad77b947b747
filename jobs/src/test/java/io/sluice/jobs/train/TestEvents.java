package io.sluice.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A seeded stream of impressions with the feedback that follows, as JSON, in time order. */
final class TestEvents {

    static final long START = 1_700_000_000_000L;

    private TestEvents() {}

    /**
     * One event.
     *
     * @param feedback whether it belongs on the feedback topic
     * @param request its key
     * @param time its timestamp
     * @param json its value
     */
    record Event(boolean feedback, String request, long time, String json) {}

    /** {@code requests} slates of four items; about half of them get a click or two. */
    static List<Event> slates(long seed, int requests) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int r = 0; r < requests; r++) {
            long shown = START + 20L * r;
            String request = "r" + r;
            StringBuilder items = new StringBuilder();
            for (int position = 0; position < 4; position++) {
                String item = item(random, position);
                // Some were ranked by a server, the others come from elsewhere.
                String score = position % 2 == 0 ? ",\"score\":0.25" : "";
                items.append(position == 0 ? "" : ",")
                        .append(
                                "{\"id\":\"%s\",\"position\":%d%s}"
                                        .formatted(item, position, score));
                if (random.nextInt(6) == 0) {
                    events.add(click(request, item, shown + 1 + random.nextInt(1500)));
                }
            }
            events.add(
                    new Event(
                            false,
                            request,
                            shown,
                            "{\"request\":\"%s\",\"timestamp\":%d,\"user\":\"u%d\",\"items\":[%s]}"
                                    .formatted(request, shown, random.nextInt(200), items)));
        }
        events.sort((a, b) -> Long.compare(a.time(), b.time()));
        return events;
    }

    private static String item(Random random, int position) {
        return "i" + (random.nextInt(100) * 4 + position);
    }

    static Event click(String request, String item, long at) {
        return new Event(
                true,
                request,
                at,
                "{\"request\":\"%s\",\"timestamp\":%d,\"item\":\"%s\",\"kind\":\"click\"}"
                        .formatted(request, at, item));
    }

    /** A labelled event; equal numbers give equal events. */
    static String interaction(int number) {
        Random random = new Random(number);
        return String.format(
                Locale.ROOT,
                "{\"request\":\"n%d\",\"timestamp\":%d,\"user\":\"u%d\",\"item\":\"i%d\",\"label\":%d}",
                number,
                START + 10L * number,
                random.nextInt(200),
                random.nextInt(300),
                random.nextInt(3) == 0 ? 1 : 0);
    }
}
