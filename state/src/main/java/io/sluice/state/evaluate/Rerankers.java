package io.sluice.state.evaluate;

import io.sluice.state.rank.Candidates;
import java.util.Arrays;

/**
 * The usual ways of making a list diverse, to compare with: maximal marginal relevance and the
 * greedy determinantal point process. Both choose the first {@value #PLACES} places and leave the
 * rest in the order of the scores.
 *
 * <p>Two items are similar by the mean of the cosine of their vectors and of having one group;
 * without groups by the cosine alone. Both kernels are positive semidefinite. Scratch; not
 * thread-safe.
 */
final class Rerankers {

    /** How many places are chosen. */
    static final int PLACES = 10;

    private int n;
    private double[][] similarity = {};
    private double[] relevance = {};
    private int[] sorted = {};

    /** Turns to a slate. */
    void begin(Candidates candidates, int[] byScore) {
        n = candidates.size();
        if (similarity.length < n) {
            similarity = new double[n][n];
            relevance = new double[n];
        }
        sorted = byScore;
        int d = candidates.dimensions();
        float[] x = candidates.vectors();
        double[] lengths = new double[n];
        for (int i = 0; i < n; i++) {
            relevance[i] = 1 / (1 + Math.exp(-candidates.logit(i)));
            for (int k = 0; k < d; k++) {
                double value = x[candidates.vectorAt(i) + k];
                lengths[i] += value * value;
            }
            lengths[i] = Math.sqrt(lengths[i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int k = 0; k < d; k++) {
                    dot += x[candidates.vectorAt(i) + k] * x[candidates.vectorAt(j) + k];
                }
                double norm = lengths[i] * lengths[j];
                double cosine = i == j ? 1 : norm > 0 ? dot / norm : 0;
                long group = candidates.group(i);
                double value =
                        group == Candidates.NO_GROUP
                                ? cosine
                                : (cosine + (group == candidates.group(j) ? 1 : 0)) / 2;
                similarity[i][j] = value;
                similarity[j][i] = value;
            }
        }
    }

    /**
     * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): next is the largest {@code
     * θ p(i) − (1 − θ) max_j sim(i, j)} over those chosen.
     */
    int[] mmr(double theta) {
        double[] closest = new double[n];
        Arrays.fill(closest, 0);
        boolean[] chosen = new boolean[n];
        int[] order = new int[n];
        int places = Math.min(PLACES, n);
        for (int place = 0; place < places; place++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i : sorted) {
                double value = theta * relevance[i] - (1 - theta) * closest[i];
                if (!chosen[i] && value > most) {
                    best = i;
                    most = value;
                }
            }
            choose(best, place, order, chosen);
            for (int i = 0; i < n; i++) {
                closest[i] = Math.max(closest[i], similarity[i][best]);
            }
        }
        return rest(places, order, chosen);
    }

    /**
     * Greedy maximum a posteriori of the determinantal point process with kernel {@code q(i) sim(i,
     * j) q(j)}, q = exp(a p) (Chen, Zhang and Zhou, NeurIPS 2018, algorithm 1).
     */
    int[] dpp(double a) {
        double[] residual = new double[n];
        double[] quality = new double[n];
        for (int i = 0; i < n; i++) {
            quality[i] = Math.exp(a * relevance[i]);
            residual[i] = quality[i] * quality[i] * similarity[i][i];
        }
        double[][] factors = new double[PLACES][n];
        boolean[] chosen = new boolean[n];
        int[] order = new int[n];
        int places = Math.min(PLACES, n);
        int place = 0;
        for (; place < places; place++) {
            int best = -1;
            for (int i : sorted) {
                if (!chosen[i] && (best < 0 || residual[i] > residual[best])) {
                    best = i;
                }
            }
            if (residual[best] < 1e-10) {
                break;
            }
            choose(best, place, order, chosen);
            double root = Math.sqrt(residual[best]);
            for (int i = 0; i < n; i++) {
                double known = 0;
                for (int k = 0; k < place; k++) {
                    known += factors[k][best] * factors[k][i];
                }
                double kernel = quality[best] * similarity[best][i] * quality[i];
                factors[place][i] = (kernel - known) / root;
                residual[i] -= factors[place][i] * factors[place][i];
            }
        }
        return rest(place, order, chosen);
    }

    private static void choose(int i, int place, int[] order, boolean[] chosen) {
        order[place] = i;
        chosen[i] = true;
    }

    private int[] rest(int from, int[] order, boolean[] chosen) {
        int at = from;
        for (int i : sorted) {
            if (!chosen[i]) {
                order[at++] = i;
            }
        }
        return order;
    }

    /** Mean of 1 − cosine over all pairs of the first places of an order (intra-list distance). */
    static double distance(Candidates candidates, int[] order) {
        int d = candidates.dimensions();
        float[] x = candidates.vectors();
        int places = Math.min(PLACES, order.length);
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < places; a++) {
            for (int b = 0; b < a; b++) {
                double dot = 0;
                double left = 0;
                double right = 0;
                for (int k = 0; k < d; k++) {
                    double u = x[candidates.vectorAt(order[a]) + k];
                    double v = x[candidates.vectorAt(order[b]) + k];
                    dot += u * v;
                    left += u * u;
                    right += v * v;
                }
                sum += left > 0 && right > 0 ? 1 - dot / Math.sqrt(left * right) : 1;
                pairs++;
            }
        }
        return pairs == 0 ? Double.NaN : sum / pairs;
    }
}
