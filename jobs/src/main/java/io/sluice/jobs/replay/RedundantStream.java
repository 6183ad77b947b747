package io.sluice.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.check.Checks;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes slates of redundant pools: many candidates would do, but of each topic one is enough.
 *
 * <p>Items have a topic and a quality, N(0, 1); users like some topics more than others. Each
 * request wants one to three topics, drawn by the user's liking. Its pool comes from a retrieval
 * that has got hold of one liked topic: half of it is of that topic, the rest of any. Of each
 * wanted topic exactly one candidate of the pool is taken, by softmax of twice the quality;
 * requests in which none can be are drawn again. Everything follows from the seed.
 *
 * <p>With exploration ε the pool is a log of a policy that is not ours: sorted by quality with
 * noise of its own for each request, and shuffled whole with probability ε, with the propensity of
 * each item at its place. Place k is then looked at with probability 0.85ᵏ, whatever stands above,
 * and what is not looked at is not clicked. {@code _taken}, which nobody reads, names what would
 * have been clicked had it been looked at.
 *
 * @param slates how many
 * @param pool candidates of each
 * @param topics how many there are
 * @param exploration share of lists that are shuffled, [0, 1]; 0: no log, all that is taken counts
 * @param seed of all draws
 */
public record RedundantStream(int slates, int pool, int topics, double exploration, long seed) {

    private static final int ITEMS_PER_TOPIC = 100;
    private static final int USERS = 300;
    private static final long START = 1_700_000_000_000L;
    private static final long STEP_MS = 1_000;
    private static final double PATIENCE = 0.85;

    public RedundantStream {
        Checks.inRange("slates", slates, 1, 10_000_000);
        Checks.inRange("pool", pool, 4, 1000);
        Checks.inRange("topics", topics, 2, 100);
        Checks.inRange("exploration", exploration, 0, 1);
    }

    /** Writes {@code slates.jsonl} into a folder. */
    public void write(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        double[] quality = new double[topics * ITEMS_PER_TOPIC];
        for (int i = 0; i < quality.length; i++) {
            quality[i] = random.nextGaussian();
        }
        double[][] liking = new double[USERS][topics];
        for (double[] user : liking) {
            for (int t = 0; t < topics; t++) {
                user[t] = Math.exp(1.5 * random.nextGaussian());
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        WholeFile.write(
                folder.resolve("slates.jsonl"),
                out -> {
                    for (int s = 0; s < slates; s++) {
                        out.write(
                                mapper.writeValueAsBytes(
                                        slate(s, mapper, random, quality, liking)));
                        out.write('\n');
                    }
                });
    }

    private ObjectNode slate(
            int number,
            ObjectMapper mapper,
            SplittableRandom random,
            double[] quality,
            double[][] liking) {
        while (true) {
            int user = random.nextInt(USERS);
            int[] candidates = candidates(draw(liking[user], random), random);
            List<Integer> taken = taken(candidates, liking[user], random, quality);
            if (taken.isEmpty()) {
                continue;
            }
            Shown shown =
                    exploration > 0
                            ? show(candidates, taken, random, quality)
                            : new Shown(candidates, new double[0], taken);
            ObjectNode slate = mapper.createObjectNode();
            slate.put("request", "r" + number);
            slate.put("timestamp", START + number * STEP_MS);
            slate.put("user", "u" + user);
            ArrayNode items = slate.putArray("items");
            for (int place = 0; place < pool; place++) {
                int item = shown.items()[place];
                ObjectNode node = items.addObject();
                node.put("id", "i" + item);
                if (exploration > 0) {
                    node.put("propensity", shown.propensities()[place]);
                }
                node.putObject("features").put("topic", "t" + item / ITEMS_PER_TOPIC);
            }
            ArrayNode clicked = slate.putArray("clicked");
            shown.clicked().forEach(item -> clicked.add("i" + item));
            if (exploration > 0) {
                ArrayNode wanted = slate.putArray("_taken");
                taken.forEach(item -> wanted.add("i" + item));
            }
            return slate;
        }
    }

    /** A list as it was shown, by place; the propensities only where it is a log. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Shown(int[] items, double[] propensities, List<Integer> clicked) {}

    private Shown show(
            int[] candidates, List<Integer> taken, SplittableRandom random, double[] quality) {
        double[] appeal = new double[pool];
        Integer[] greedy = new Integer[pool];
        for (int i = 0; i < pool; i++) {
            appeal[i] = quality[candidates[i]] + random.nextGaussian();
            greedy[i] = i;
        }
        Arrays.sort(greedy, Comparator.comparingDouble(i -> -appeal[i]));
        int[] order = new int[pool];
        Arrays.setAll(order, place -> place);
        if (random.nextDouble() < exploration) {
            shuffle(order, random);
        }
        int[] items = new int[pool];
        double[] propensities = new double[pool];
        List<Integer> clicked = new ArrayList<>();
        double looks = 1;
        for (int place = 0; place < pool; place++) {
            items[place] = candidates[greedy[order[place]]];
            propensities[place] =
                    (order[place] == place ? 1 - exploration : 0) + exploration / pool;
            if (random.nextDouble() < looks && taken.contains(items[place])) {
                clicked.add(items[place]);
            }
            looks *= PATIENCE;
        }
        return new Shown(items, propensities, clicked);
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[other];
            values[other] = swapped;
        }
    }

    private int[] candidates(int dominant, SplittableRandom random) {
        boolean[] used = new boolean[topics * ITEMS_PER_TOPIC];
        int[] candidates = new int[pool];
        int half = Math.min(pool / 2, ITEMS_PER_TOPIC / 2);
        for (int i = 0; i < pool; i++) {
            int item;
            do {
                int topic = i < half ? dominant : random.nextInt(topics);
                item = topic * ITEMS_PER_TOPIC + random.nextInt(ITEMS_PER_TOPIC);
            } while (used[item]);
            used[item] = true;
            candidates[i] = item;
        }
        shuffle(candidates, random);
        return candidates;
    }

    private List<Integer> taken(
            int[] candidates, double[] liking, SplittableRandom random, double[] quality) {
        List<Integer> taken = new ArrayList<>();
        double[] left = liking.clone();
        int wants = 1 + random.nextInt(3);
        for (int w = 0; w < Math.min(wants, topics); w++) {
            int topic = draw(left, random);
            left[topic] = 0;
            double[] worth = new double[candidates.length];
            double sum = 0;
            for (int i = 0; i < candidates.length; i++) {
                boolean fits = candidates[i] / ITEMS_PER_TOPIC == topic;
                worth[i] = fits ? Math.exp(2 * quality[candidates[i]]) : 0;
                sum += worth[i];
            }
            if (sum > 0) {
                taken.add(candidates[draw(worth, random)]);
            }
        }
        return taken;
    }

    private static int draw(double[] weights, SplittableRandom random) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double at = random.nextDouble() * sum;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                at -= weights[i];
                if (at < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
