package io.sluice.jobs.bench;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * A shop to ask about: 50,000 users, 20,000 items with attributes in the catalogue, a history of
 * lists with clicks. What is asked is drawn from n alone, so every run asks the same.
 */
final class BenchWorld {

    /** Candidates of a request. */
    static final int CANDIDATES = 100;

    /** Features of each: three of the request, eleven of the item, six of the stream. */
    static final int FEATURES = 20;

    static final int USERS = 50_000;
    static final int ITEMS = 20_000;

    /** Items of a list of the history. */
    static final int SLOTS = 10;

    private static final long STEP_MS = 100;

    /** Between the history's end and now: longer than a click is waited for. */
    private static final long GAP_MS = 900_000;

    private static final String DECLARED =
            "features=[{name: user, source: user, type: id}, {name: segment, source: context.segment, type: category},"
                    + " {name: device, source: context.device, type: category}, {name: item, source: item, type: id},"
                    + " {name: category, source: features.category, type: category}, {name: brand, source: features.brand, type: category},"
                    + " {name: maker, source: features.maker, type: category}, {name: colour, source: features.colour, type: category},"
                    + " {name: size, source: features.size, type: category}, {name: season, source: features.season, type: category},"
                    + " {name: tags, source: features.tags, type: categories}, {name: price, source: features.price, type: number, bucket: {log: 2}},"
                    + " {name: weight, source: features.weight, type: number, bucket: {log: 1}}, {name: year, source: features.year, type: number, bucket: {width: 5}}]";

    private static final String STREAMING =
            "streaming=[{name: item.clicks, kind: rate, scope: [item], of: feedback.click, per: impressions, halfLifeMs: 3600000},"
                    + " {name: item.shown, kind: count, scope: [item], of: impressions, halfLifeMs: 3600000},"
                    + " {name: user.clicks, kind: rate, scope: [user], of: feedback.click, per: impressions, halfLifeMs: 3600000},"
                    + " {name: user.category, kind: rate, scope: [user, category], of: feedback.click, per: impressions, halfLifeMs: 3600000},"
                    + " {name: segment.brand, kind: rate, scope: [segment, brand], of: feedback.click, per: impressions, halfLifeMs: 3600000},"
                    + " {name: item.recency, kind: recency, scope: [item], of: feedback.click}]";

    private BenchWorld() {}

    /** Its features, over the defaults. */
    static ConfigLoader configure(ConfigLoader loader) {
        return loader.set("name=bench").set(DECLARED).set(STREAMING).set("topics.partitions=2");
    }

    /** What is known of an item, as JSON. */
    static byte[] item(int item) {
        return ("{\"id\":\"i%d\",\"timestamp\":1700000000000,\"features\":{\"category\":\"c%d\",\"brand\":\"b%d\",\"maker\":\"m%d\",\"colour\":\"k%d\","
                        + "\"size\":\"s%d\",\"season\":\"n%d\",\"tags\":[\"t%d\",\"t%d\",\"t%d\"],"
                        + "\"price\":%d,\"weight\":%d,\"year\":%d}}")
                .formatted(
                        item,
                        item % 40,
                        item % 700,
                        item % 150,
                        item % 12,
                        item % 7,
                        item % 4,
                        item % 300,
                        300 + item % 201,
                        501 + item % 97,
                        1 + item % 900,
                        10 + item % 3000,
                        1990 + item % 35)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Lists with clicks up to a quarter of an hour ago. */
    static void history(int lists, SluiceConfig config, BiConsumer<String, StreamEvent> out) {
        Random random = new Random(config.seed());
        long start = System.currentTimeMillis() - GAP_MS - STEP_MS * lists;
        for (int n = 0; n < lists; n++) {
            long time = start + STEP_MS * n;
            int user = skewed(USERS, random);
            List<ShownItem> shown = new ArrayList<>();
            for (int item : draw(random, SLOTS)) {
                shown.add(
                        new ShownItem(
                                "i" + item,
                                shown.size(),
                                Double.NaN,
                                Double.NaN,
                                Attributes.EMPTY));
            }
            String request = "h" + n;
            out.accept(
                    config.topics().impressions(),
                    new Impression(request, time, "u" + user, context(user), shown, ""));
            if (random.nextInt(2) == 0) {
                String item = shown.get(random.nextInt(SLOTS)).id();
                out.accept(
                        config.topics().feedback(),
                        new Feedback(request, time + 50, "u" + user, item, "click", Double.NaN));
            }
        }
    }

    private static Attributes context(int user) {
        return Attributes.builder()
                .put("segment", "g" + user % 20)
                .put("device", "d" + user % 4)
                .build();
    }

    /** The n-th request: ids alone, the rest is known. */
    static byte[] request(String prefix, long n) {
        Random random = new Random(n);
        int user = skewed(USERS, random);
        StringBuilder body = new StringBuilder(2500);
        body.append("{\"request\":\"").append(prefix).append(n).append("\",\"user\":\"u");
        body.append(user).append("\",\"context\":{\"segment\":\"g").append(user % 20);
        body.append("\",\"device\":\"d").append(user % 4).append("\"},\"k\":10,\"items\":[");
        int[] items = draw(random, CANDIDATES);
        for (int i = 0; i < items.length; i++) {
            body.append(i == 0 ? "" : ",").append("{\"id\":\"i").append(items[i]).append("\"}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Different items. */
    private static int[] draw(Random random, int count) {
        return IntStream.generate(() -> skewed(ITEMS, random)).distinct().limit(count).toArray();
    }

    /** Few make most of the traffic, as in life. */
    private static int skewed(int count, Random random) {
        double share = random.nextDouble();
        return (int) (count * share * share);
    }
}
