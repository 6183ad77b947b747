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
    private float[] scores = {};
    private float[] groupParts = {};

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
        products.begin(room);
        if (scores.length < room) {
            scores = new float[room];
            groupParts = new float[room];
        }
    }

    /** Scores every survivor among the others; O(n·d). */
    void score() {
        products.prepare(head.gains());
        products.multiply(survivors.size());
        finish();
    }

    /** The same bit for bit, row by row. */
    void scoreByRows() {
        products.prepare(head.gains());
        for (int i = 0; i < survivors.size(); i++) {
            products.multiplyRow(i);
        }
        finish();
    }

    private void finish() {
        int size = survivors.size();
        for (int i = 0; i < size; i++) {
            scores[i] = survivors.alone(i);
        }
        if (dimensions > 0) {
            float[] toMean = products.toMean();
            float[] toSum = products.toSum();
            float alpha = head.alpha();
            float total = sums.totalWeight();
            float price = crowdingPrice();
            for (int i = 0; i < size; i++) {
                float pull =
                        relevance(alpha, total, survivors.weight(i), survivors.pull(i), toMean[i]);
                scores[i] += pull - price * (toSum[i] - survivors.square(i));
            }
        }
        for (int i = 0; i < size; i++) {
            takeGroupPart(i);
        }
    }

    /** Scores by the model and exploration alone. */
    void scoreAlone() {
        int size = survivors.size();
        products.clear(size);
        Arrays.fill(groupParts, 0, size, 0);
        for (int i = 0; i < size; i++) {
            scores[i] = survivors.alone(i);
        }
    }

    /** Scores one survivor, bit for bit as {@link #score()} does; O(d). */
    void score(int i) {
        products.prepare(head.gains());
        products.multiplyRow(i);
        scores[i] = survivors.alone(i);
        if (dimensions > 0) {
            scores[i] += relevancePart(i) - crowdingPart(i);
        }
        takeGroupPart(i);
    }

    private void takeGroupPart(int i) {
        int others = groupTable.count(survivors.group(i)) - 1;
        groupParts[i] = others > 0 ? head.mu() * others : 0;
        scores[i] -= groupParts[i];
    }

    /** What the others' likely items add to one with that weight, pull on itself and product. */
    private static float relevance(
            float alpha, float total, float weight, float ownPull, float toMean) {
        float rest = total - weight;
        float pull = rest > LEAST_REST * weight ? alpha * (toMean - weight * ownPull) / rest : 0;
        return Math.max(-RankerHead.REACH, Math.min(RankerHead.REACH, pull));
    }

    private float crowdingPrice() {
        int others = survivors.size() + sums.fixed() - 1;
        return others > 0 ? head.lambda() / others : 0;
    }

    /** What likeness to the pool's likely items adds, as of the last scoring. */
    float relevancePart(int i) {
        return dimensions == 0
                ? 0
                : relevance(
                        head.alpha(),
                        sums.totalWeight(),
                        survivors.weight(i),
                        survivors.pull(i),
                        products.toMean()[i]);
    }

    /** What similarity to the pool takes, as of the last scoring. */
    float crowdingPart(int i) {
        return dimensions == 0 ? 0 : crowdingPrice() * (products.toSum()[i] - survivors.square(i));
    }

    /** What others of its group take, as of the last scoring. */
    float groupPart(int i) {
        return groupParts[i];
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
