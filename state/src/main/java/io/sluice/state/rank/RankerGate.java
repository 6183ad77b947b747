package io.sluice.state.rank;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.rank.RankerHead.Policy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decides which way of ranking is in force, by what each would have made of every slate before it
 * was learnt.
 *
 * <p>Kept for each pair of policies: fading means of the difference in NDCG@10 and in the utility
 * of {@link ClickModel}, and the variance of their sum; half of a slate's weight is gone after some
 * 1,400 slates. A policy takes over when it is better by more than twice the standard error in the
 * sum, and its NDCG is not behind that of the sort by more than {@value #TOLERANCE}. It goes when
 * the sum, or beyond the tolerance NDCG, falls behind the sort by more than twice the standard
 * error. Between the two thresholds nothing changes, so noise around a constant difference cannot
 * make it flip back and forth. Not thread-safe.
 */
final class RankerGate {

    static final double TOLERANCE = 0.002;

    private static final double DECAY = 0.9995;
    private static final double SURE = 2;

    /** Slates before which nothing is decided. */
    private static final int LEAST_SLATES = 300;

    private static final Policy[] POLICIES = Policy.values();
    private static final int PAIRS =
            3; // one-shot − sort, elimination − sort, elimination − one-shot

    private final double[] ndcg = new double[PAIRS];
    private final double[] both = new double[PAIRS];
    private final double[] squares = new double[PAIRS];
    private final double[] ndcgSquares = new double[PAIRS];
    private double weight;
    private double weightSquares;
    private long slates;
    private long changes;
    private Policy inForce = Policy.SORT;

    /**
     * Takes the figures of one slate, by policy.
     *
     * @param ndcgs NDCG@10
     * @param utilities of the click model
     */
    void observe(double[] ndcgs, double[] utilities) {
        slates++;
        weight = weight * DECAY + 1;
        weightSquares = weightSquares * DECAY * DECAY + 1;
        for (int pair = 0; pair < PAIRS; pair++) {
            int better = pair == 0 ? 1 : 2;
            int than = pair == 2 ? 1 : 0;
            double n = ndcgs[better] - ndcgs[than];
            double sum = n + utilities[better] - utilities[than];
            ndcg[pair] = ndcg[pair] * DECAY + n;
            both[pair] = both[pair] * DECAY + sum;
            squares[pair] = squares[pair] * DECAY + sum * sum;
            ndcgSquares[pair] = ndcgSquares[pair] * DECAY + n * n;
        }
        if (slates >= LEAST_SLATES) {
            decide();
        }
    }

    private void decide() {
        Policy before = inForce;
        if (inForce != Policy.SORT && isHarmful(inForce.code() - 1)) {
            inForce = Policy.SORT;
        }
        for (int candidate = 1; candidate < POLICIES.length; candidate++) {
            if (candidate != inForce.code() && beats(candidate, inForce.code())) {
                inForce = POLICIES[candidate];
            }
        }
        changes += before == inForce ? 0 : 1;
    }

    private boolean isHarmful(int pair) {
        return mean(both, pair) < -SURE * error(both, squares, pair)
                || mean(ndcg, pair) < -TOLERANCE - SURE * error(ndcg, ndcgSquares, pair);
    }

    private boolean beats(int candidate, int other) {
        if (mean(ndcg, candidate - 1) < -TOLERANCE) {
            return false;
        }
        int pair = other == 0 ? candidate - 1 : 2;
        double sign = other > candidate ? -1 : 1;
        double gain = sign * mean(both, pair);
        return gain > SURE * error(both, squares, pair) && gain > 0;
    }

    private double mean(double[] sums, int pair) {
        return sums[pair] / weight;
    }

    private double error(double[] sums, double[] ofSquares, int pair) {
        double mean = sums[pair] / weight;
        double variance = Math.max(0, ofSquares[pair] / weight - mean * mean);
        double effective = weight * weight / weightSquares;
        return Math.sqrt(variance / effective);
    }

    Policy inForce() {
        return inForce;
    }

    /** How often another policy took over. */
    long changes() {
        return changes;
    }

    /** Fading mean of what elimination gains over the sort in NDCG@10. */
    double ndcgGain() {
        return weight == 0 ? 0 : mean(ndcg, 1);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(slates);
        out.writeLong(changes);
        out.writeByte(inForce.code());
        out.writeDouble(weight);
        out.writeDouble(weightSquares);
        for (int pair = 0; pair < PAIRS; pair++) {
            out.writeDouble(ndcg[pair]);
            out.writeDouble(both[pair]);
            out.writeDouble(squares[pair]);
            out.writeDouble(ndcgSquares[pair]);
        }
    }

    void read(DataInput in) throws IOException {
        slates = in.readLong();
        changes = in.readLong();
        int code = in.readByte();
        Policy policy = Policy.ofCode(code);
        if (policy == null || slates < 0 || changes < 0) {
            throw new CorruptStateException(
                    "ranker gate: found policy %d after %d slates".formatted(code, slates));
        }
        inForce = policy;
        weight = finite(in);
        weightSquares = finite(in);
        for (int pair = 0; pair < PAIRS; pair++) {
            ndcg[pair] = finite(in);
            both[pair] = finite(in);
            squares[pair] = finite(in);
            ndcgSquares[pair] = finite(in);
        }
    }

    private static double finite(DataInput in) throws IOException {
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
            throw new CorruptStateException("ranker gate: found " + value);
        }
        return value;
    }
}
