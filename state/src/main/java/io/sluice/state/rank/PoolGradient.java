package io.sluice.state.rank;

import io.sluice.state.kernel.Exponential;
import java.util.Arrays;

/**
 * Scores of a pool in doubles, and their gradients by the head's parameters.
 *
 * <p>With r(i) = ⟨g ∘ x(i), c(i)⟩, k(i) the mean similarity and m(i) the size of the group:
 *
 * <pre>
 * ∂s/∂α = r     ∂s/∂g = α x ∘ c     ∂s/∂λ = −k     ∂s/∂μ = −(m − 1)     ∂s/∂τ = α ⟨g ∘ x, ∂c/∂τ⟩
 * </pre>
 *
 * <p>and 0 for α, g and τ where α r is clipped. The parameters are α, λ, μ, τ, g in this order.
 * O(n·d) each. Scratch; not thread-safe.
 */
final class PoolGradient {

    static final int ALPHA = 0;
    static final int LAMBDA = 1;
    static final int MU = 2;
    static final int TAU = 3;
    static final int GAINS = 4;

    private final int dimensions;
    private Candidates slate;
    private double[] theta;

    private int n;
    private double[][] units = {};
    private boolean[] known = {};
    private int[] groups = {};
    private final GroupTable table = new GroupTable();
    private double hottest;

    // -- of the pool that was scored last
    private boolean[] in = {};
    private double[] scores = {};
    private double[] pulls = {};
    private double[] similarities = {};
    private double[] weights = {};
    private int size;
    private double total;
    private double totalSlope;
    private final double[] mean;
    private final double[] meanSlope;
    private final double[] sum;
    private int[] counts = {};

    PoolGradient(int dimensions) {
        this.dimensions = dimensions;
        mean = new double[dimensions];
        meanSlope = new double[dimensions];
        sum = new double[dimensions];
    }

    /** Turns to a slate. */
    void begin(Candidates candidates) {
        slate = candidates;
        n = candidates.size();
        if (units.length < n) {
            units = new double[n][dimensions];
            known = new boolean[n];
            groups = new int[n];
            in = new boolean[n];
            scores = new double[n];
            pulls = new double[n];
            similarities = new double[n];
            weights = new double[n];
            counts = new int[n];
        }
        table.begin(n);
        hottest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            groups[i] = table.enter(candidates.group(i));
            hottest = Math.max(hottest, candidates.logit(i));
            unit(i);
        }
    }

    private void unit(int i) {
        int at = slate.vectorAt(i);
        double square = 0;
        for (int d = 0; d < dimensions; d++) {
            units[i][d] = slate.vectors()[at + d];
            square += units[i][d] * units[i][d];
        }
        known[i] = square > 1e-20;
        double scale = known[i] ? 1 / Math.sqrt(square) : 0;
        for (int d = 0; d < dimensions; d++) {
            units[i][d] *= scale;
        }
    }

    /** Scores the members of a pool among each other by parameters; O(n·d). */
    void score(boolean[] members, double[] parameters) {
        theta = parameters;
        sums(members);
        for (int i = 0; i < n; i++) {
            if (in[i]) {
                score(i);
            }
        }
    }

    private void sums(boolean[] members) {
        System.arraycopy(members, 0, in, 0, n);
        Arrays.fill(mean, 0);
        Arrays.fill(meanSlope, 0);
        Arrays.fill(sum, 0);
        Arrays.fill(counts, 0, n, 0);
        total = 0;
        totalSlope = 0;
        size = 0;
        double tau = theta[TAU];
        for (int i = 0; i < n; i++) {
            if (!in[i]) {
                continue;
            }
            double away = slate.logit(i) - hottest;
            double w = Exponential.of(away / tau);
            weights[i] = w;
            double slope = -w * away / (tau * tau);
            total += w;
            totalSlope += slope;
            size++;
            if (groups[i] != GroupTable.NONE) {
                counts[groups[i]]++;
            }
            for (int d = 0; d < dimensions; d++) {
                mean[d] += w * units[i][d];
                meanSlope[d] += slope * units[i][d];
                sum[d] += units[i][d];
            }
        }
    }

    private void score(int i) {
        double pull = 0;
        double similarity = 0;
        for (int d = 0; d < dimensions; d++) {
            pull += theta[GAINS + d] * units[i][d] * center(i, d);
            similarity += units[i][d] * sum[d];
        }
        pulls[i] = pull;
        similarities[i] = size > 1 ? (similarity - (known[i] ? 1 : 0)) / (size - 1) : 0;
        double bounded =
                Math.max(-RankerHead.REACH, Math.min(RankerHead.REACH, theta[ALPHA] * pull));
        scores[i] =
                slate.logit(i) + bounded - theta[LAMBDA] * similarities[i] - theta[MU] * others(i);
    }

    private double center(int i, int d) {
        double rest = total - weights[i];
        return rest > 1e-3 * weights[i] ? (mean[d] - weights[i] * units[i][d]) / rest : 0;
    }

    private int others(int i) {
        return groups[i] == GroupTable.NONE ? 0 : counts[groups[i]] - 1;
    }

    /** Adds Σ slopes(i)·∂s(i)/∂θ over the pool scored last to {@code out}. */
    void chain(double[] slopes, double factor, double[] out) {
        for (int i = 0; i < n; i++) {
            if (in[i] && slopes[i] != 0) {
                chain(i, factor * slopes[i], out);
            }
        }
    }

    private void chain(int i, double slope, double[] out) {
        out[LAMBDA] -= slope * similarities[i];
        out[MU] -= slope * others(i);
        double rest = total - weights[i];
        boolean clipped = Math.abs(theta[ALPHA] * pulls[i]) >= RankerHead.REACH;
        if (clipped || !(rest > 1e-3 * weights[i])) {
            return;
        }
        out[ALPHA] += slope * pulls[i];
        double away = slate.logit(i) - hottest;
        double weightSlope = -weights[i] * away / (theta[TAU] * theta[TAU]);
        double restSlope = totalSlope - weightSlope;
        double ofTau = 0;
        for (int d = 0; d < dimensions; d++) {
            double c = center(i, d);
            double x = units[i][d];
            out[GAINS + d] += slope * theta[ALPHA] * x * c;
            double centerSlope = (meanSlope[d] - weightSlope * x - c * restSlope) / rest;
            ofTau += theta[GAINS + d] * x * centerSlope;
        }
        out[TAU] += slope * theta[ALPHA] * ofTau;
    }

    /** The scores of the pool scored last, by candidate; not to be written. */
    double[] scores() {
        return scores;
    }
}
