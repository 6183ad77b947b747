package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The scores of a pool's survivors among each other, in the parts that {@link RankerHead} tells of:
 * each alone, what likeness to the likely items adds, and what crowding and group take.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class PoolScores {

    /** Who outweighs all others by more than this has no pool: the rest would be rounding. */
    private static final float LEAST_REST = 1e-3f;

    private final Survivors survivors;
    private final PoolSums sums;
    private final GroupTable groupTable;
    private final PoolProducts products;
    private RankerHead head;
    private int dimensions;
    private boolean likes;
    private boolean crowds;
    private float[] scores = {};
    private float[] relevances = {};
    private float[] crowdings = {};
    private float[] groupParts = {};
    private float[] groupPrices = {}; // of group g at g + 1; of none at 0

    /** Scores of those survivors. */
    PoolScores(Survivors survivors, UnitVectors vectors, PoolSums sums, GroupTable groupTable) {
        this.survivors = survivors;
        this.sums = sums;
        this.groupTable = groupTable;
        products = new PoolProducts(vectors, sums);
    }

    /**
     * Begins a request; the vectors must have begun theirs.
     *
     * @param by the head
     * @param of how many dimensions count
     * @param room how many survivors there must be room for
     */
    void begin(RankerHead by, int of, int room) {
        head = by;
        dimensions = of;
        likes = of > 0 && by.alpha() != 0;
        crowds = of > 0 && by.lambda() != 0;
        products.begin(likes, crowds, room);
        if (scores.length < room) {
            scores = new float[room];
            groupParts = new float[room];
            relevances = new float[room];
            crowdings = new float[room];
        }
    }

    /** Scores every survivor among the others; O(n·d). */
    void score() {
        int size = survivors.size();
        products.multiply(head.gains(), size);
        takeRelevances(size);
        takeCrowdings(size);
        takeGroupParts(size);
        float[] to = scores;
        float[] pull = relevances;
        float[] crowd = crowdings;
        float[] group = groupParts;
        float[] base = survivors.bases();
        float[] bonus = survivors.bonuses();
        for (int i = 0; i < size; i++) {
            to[i] = ((base[i] + bonus[i]) + (pull[i] - crowd[i])) - group[i];
        }
    }

    /** Without a branch in the loop; whom it would not do for, one at most, is mended behind it. */
    private void takeRelevances(int size) {
        if (!likes) {
            Arrays.fill(relevances, 0, size, 0);
            return;
        }
        float[] to = relevances;
        float[] product = products.toMean();
        float[] weight = survivors.weights();
        float[] own = survivors.pulls();
        float alpha = head.alpha();
        float total = sums.totalWeight();
        for (int i = 0; i < size; i++) {
            float pull = alpha * (product[i] - weight[i] * own[i]) / (total - weight[i]);
            to[i] = Math.max(-RankerHead.REACH, Math.min(RankerHead.REACH, pull));
        }
        for (int i = 0; i < size; i++) {
            if (outweighs(weight[i], total)) {
                to[i] = 0;
            }
        }
    }

    private static boolean outweighs(float weight, float total) {
        return total - weight <= LEAST_REST * weight;
    }

    private void takeCrowdings(int size) {
        if (!crowds) {
            Arrays.fill(crowdings, 0, size, 0);
            return;
        }
        float[] to = crowdings;
        float[] product = products.toSum();
        float[] square = survivors.squares();
        float price = crowdingPrice();
        for (int i = 0; i < size; i++) {
            to[i] = price * (product[i] - square[i]);
        }
    }

    private void takeGroupParts(int size) {
        if (head.mu() == 0) {
            Arrays.fill(groupParts, 0, size, 0);
            return;
        }
        int known = groupTable.size();
        if (groupPrices.length <= known) {
            groupPrices = new float[2 * known + 1];
        }
        for (int g = 0; g < known; g++) {
            groupPrices[g + 1] = groupPrice(g);
        }
        int[] groups = survivors.groups();
        for (int i = 0; i < size; i++) {
            groupParts[i] = groupPrices[groups[i] + 1];
        }
    }

    /** Scores by the model and exploration alone. */
    void scoreAlone() {
        int size = survivors.size();
        products.clear(size);
        Arrays.fill(relevances, 0, size, 0);
        Arrays.fill(crowdings, 0, size, 0);
        Arrays.fill(groupParts, 0, size, 0);
        for (int i = 0; i < size; i++) {
            scores[i] = survivors.alone(i);
        }
    }

    /** Scores one survivor, bit for bit as {@link #score()} does; O(d). */
    void score(int i) {
        products.multiplyOne(head.gains(), i);
        relevances[i] = likes ? relevance(sums.totalWeight(), i) : 0;
        crowdings[i] =
                crowds ? crowdingPrice() * (products.toSum()[i] - survivors.squares()[i]) : 0;
        groupParts[i] = groupPrice(survivors.group(i));
        scores[i] = (survivors.alone(i) + (relevances[i] - crowdings[i])) - groupParts[i];
    }

    private float groupPrice(int group) {
        int others = groupTable.count(group) - 1;
        return others > 0 ? head.mu() * others : 0;
    }

    private float relevance(float total, int i) {
        float weight = survivors.weight(i);
        if (outweighs(weight, total)) {
            return 0;
        }
        float others = products.toMean()[i] - weight * survivors.pulls()[i];
        float pull = head.alpha() * others / (total - weight);
        return Math.max(-RankerHead.REACH, Math.min(RankerHead.REACH, pull));
    }

    private float crowdingPrice() {
        int others = survivors.size() + sums.fixed() - 1;
        return others > 0 ? head.lambda() / others : 0;
    }

    /** What likeness to the pool's likely items adds, as of the last scoring. */
    float relevancePart(int i) {
        return relevances[i];
    }

    /** What similarity to the pool takes, as of the last scoring. */
    float crowdingPart(int i) {
        return crowdings[i];
    }

    /** What others of its group take, as of the last scoring. */
    float groupPart(int i) {
        return groupParts[i];
    }

    /** The scores of all as of the last scoring. */
    float[] all() {
        return scores;
    }

    /** The score of survivor i as of the last scoring. */
    float of(int i) {
        return scores[i];
    }

    /**
     * Bound on how much the fall of survivor i can lower the score of any other one (see {@link
     * LazyOneByOne}).
     */
    float mostLoss(int i) {
        int members = survivors.size() + sums.fixed();
        if (members <= 2) {
            return Float.POSITIVE_INFINITY;
        }
        float loss = Math.max(0, -head.mu());
        if (dimensions > 0) {
            loss += 2 * Math.abs(head.lambda()) / (members - 2);
            if (head.alpha() != 0) {
                loss += relevanceLoss(survivors.weight(i));
            }
        }
        return loss;
    }

    private float relevanceLoss(float falling) {
        float largest = 0;
        for (int j = 0; j < survivors.size(); j++) {
            largest = Math.max(largest, survivors.weight(j));
        }
        float gain = 0;
        for (float g : head.gains()) {
            gain = Math.max(gain, Math.abs(g));
        }
        float rest = sums.totalWeight() - falling - largest;
        float moved =
                rest <= 2 * LEAST_REST * largest
                        ? Float.POSITIVE_INFINITY
                        : 2 * Math.abs(head.alpha()) * gain * falling / rest;
        return Math.min(moved, 2 * RankerHead.REACH);
    }
}
