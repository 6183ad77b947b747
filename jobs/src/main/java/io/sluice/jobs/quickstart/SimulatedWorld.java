package io.sluice.jobs.quickstart;

import io.sluice.state.kernel.Hashing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The hidden truth of the quick start: who comes, what could be shown, and who likes what.
 *
 * <p>What can be shown is redundant: half of a visit's candidates are of one category, and of a
 * category the first that is looked at is worth most ({@link PositionBias#fresh}).
 *
 * <p>A pure function of its seed. Visits are drawn by number, clicks by visit and item, so that the
 * same visit can be played through for several orders of its candidates and gives the same answer
 * whenever it is asked. Immutable; thread-safe.
 */
final class SimulatedWorld {

    private static final String ITEM = "item-";

    private static final List<String> CATEGORIES =
            List.of(
                    "news", "sport", "music", "film", "food", "travel", "science", "fashion",
                    "games", "books", "garden", "cars");
    private static final List<String> SEGMENTS =
            List.of("student", "commuter", "family", "retired", "traveller");
    private static final List<String> DEVICES = List.of("phone", "desktop");

    private final long seed;
    private final WorldSize size;
    private final int[] segmentOf;
    private final int[] categoryOf;
    private final Tastes before;
    private final Tastes after;

    /** A world of this size; equal seeds give equal worlds. */
    SimulatedWorld(WorldSize size, long seed) {
        this.seed = seed;
        this.size = size;
        SplittableRandom random = new SplittableRandom(Hashing.text(seed, "world"));
        segmentOf =
                IntStream.range(0, size.users())
                        .map(user -> random.nextInt(SEGMENTS.size()))
                        .toArray();
        categoryOf =
                IntStream.range(0, size.items())
                        .map(item -> random.nextInt(CATEGORIES.size()))
                        .toArray();
        before =
                Tastes.draw(
                        segmentOf,
                        SEGMENTS.size(),
                        DEVICES.size(),
                        CATEGORIES.size(),
                        size.items(),
                        random);
        after = before.drifted(random);
    }

    /** How large it is. */
    WorldSize size() {
        return size;
    }

    /** The visit of this number: a user and a device drawn evenly, and candidates. */
    Visit visit(long number) {
        SplittableRandom random =
                new SplittableRandom(Hashing.number(Hashing.text(seed, "visit"), number));
        int user = random.nextInt(size.users());
        int device = random.nextInt(DEVICES.size());
        return new Visit(number, user, device, candidates(user, device, random));
    }

    /**
     * What a retrieval finds that has got hold of what the user likes best, or did or will: up to
     * half of it is of that category, the rest is drawn evenly.
     */
    private List<Integer> candidates(int user, int device, SplittableRandom random) {
        Tastes known = random.nextBoolean() ? before : after;
        int favourite = known.favourite(user, device);
        Set<Integer> candidates = new LinkedHashSet<>();
        int[] items = shuffled(size.items(), random);
        for (int item : items) {
            if (categoryOf[item] == favourite && 2 * candidates.size() < size.candidates()) {
                candidates.add(item);
            }
        }
        for (int item : items) {
            if (candidates.size() < size.candidates()) {
                candidates.add(item);
            }
        }
        List<Integer> listed = new ArrayList<>(candidates);
        listed.sort(Comparator.naturalOrder());
        return listed;
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] values = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[other];
            values[other] = swapped;
        }
        return values;
    }

    /**
     * Probability that the visitor clicks an item once it is examined, with nothing alike above.
     */
    double appeal(Phase phase, Visit visit, int item) {
        Tastes tastes = phase == Phase.BEFORE_DRIFT ? before : after;
        return tastes.appeal(visit.user(), visit.device(), categoryOf[item], item);
    }

    /** Expected clicks on the first items of an order, as many as are shown. */
    double expectedClicks(Phase phase, Visit visit, List<Integer> order) {
        double clicks = 0;
        for (int position = 0; position < size.shown(); position++) {
            clicks += clickProbability(phase, visit, order, position);
        }
        return clicks;
    }

    private double clickProbability(Phase phase, Visit visit, List<Integer> order, int position) {
        return PositionBias.examination(position)
                * freshness(order, position)
                * appeal(phase, visit, order.get(position));
    }

    /** What is left of an item's appeal at a place, since others of its category stand above. */
    double freshness(List<Integer> order, int position) {
        int category = categoryOf[order.get(position)];
        double fresh = 1;
        for (int above = 0; above < position; above++) {
            if (categoryOf[order.get(above)] == category) {
                fresh *= PositionBias.fresh(above);
            }
        }
        return fresh;
    }

    /**
     * Whether the visitor clicks the item at a position of an order.
     *
     * <p>The same dice are thrown for an item wherever it stands, so a better place can only add a
     * click: orders are compared with less noise.
     */
    boolean clicks(Phase phase, Visit visit, List<Integer> order, int position) {
        long hash = Hashing.number(Hashing.text(seed, "click"), visit.number());
        double dice = Hashing.unit(Hashing.number(hash, order.get(position)));
        return dice < clickProbability(phase, visit, order, position);
    }

    String userName(int user) {
        return "user-" + user;
    }

    String itemName(int item) {
        return ITEM + item;
    }

    /** The items behind these names. */
    List<Integer> itemNumbers(List<String> names) {
        return names.stream().map(name -> Integer.valueOf(name.substring(ITEM.length()))).toList();
    }

    String device(Visit visit) {
        return DEVICES.get(visit.device());
    }

    String segment(Visit visit) {
        return SEGMENTS.get(segmentOf[visit.user()]);
    }

    String category(int item) {
        return CATEGORIES.get(categoryOf[item]);
    }
}
