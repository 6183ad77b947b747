package io.sluice.jobs.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The usual answers to "what comes next", learnt beside the stream: popularity, neighbours of
 * items, and matrix factorisation by pairs. Items and users are numbers from 0. Not thread-safe.
 */
final class NextItemPeers {

    /** How much less each older item of the history counts. */
    private static final double FADE = 0.9;

    private static final int DIMENSIONS = 16;
    private static final double RATE = 0.05;
    private static final double L2 = 0.01;
    private static final int DRAWS = 4;

    private final int history;
    private final SplittableRandom random;
    private final List<float[]> together = new ArrayList<>();
    private final List<double[]> ofUsers = new ArrayList<>();
    private final List<double[]> ofItems = new ArrayList<>();
    private double[] biases = {};
    private int[] counts = {};

    NextItemPeers(int history, long seed) {
        this.history = history;
        random = new SplittableRandom(seed);
    }

    /** How often an item came so far. */
    int popularity(int item) {
        return item < counts.length ? counts[item] : 0;
    }

    /** Cosine of co-occurrence with the items of a history, newer ones counting more. */
    double neighbours(int item, List<Integer> past) {
        double score = 0;
        double weight = 1;
        for (int k = past.size() - 1; k >= Math.max(0, past.size() - history); k--) {
            int other = past.get(k);
            double both = both(other, item);
            score +=
                    weight * both / Math.sqrt((1.0 + popularity(other)) * (1.0 + popularity(item)));
            weight *= FADE;
        }
        return score;
    }

    private float both(int a, int b) {
        float[] row = a < together.size() ? together.get(a) : null;
        return row == null || b >= row.length ? 0 : row[b];
    }

    /** Bayesian personalised ranking's score. */
    double factors(int user, int item) {
        if (user >= ofUsers.size() || item >= ofItems.size()) {
            return item < biases.length ? biases[item] : 0;
        }
        return biases[item] + dot(ofUsers.get(user), ofItems.get(item));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    /**
     * Learns that an item came.
     *
     * @param past what the user had before, oldest first
     * @param items how many items are known, this one included
     */
    void learn(int user, int item, List<Integer> past, int items) {
        grow(user, items);
        for (int k = past.size() - 1; k >= Math.max(0, past.size() - history); k--) {
            meet(past.get(k), item);
            meet(item, past.get(k));
        }
        counts[item]++;
        for (int draw = 0; draw < DRAWS; draw++) {
            int other = random.nextInt(items);
            if (other != item) {
                prefer(ofUsers.get(user), item, other);
            }
        }
    }

    private void meet(int a, int b) {
        float[] row = together.get(a);
        if (b >= row.length) {
            row = Arrays.copyOf(row, Math.max(b + 1, 2 * row.length));
            together.set(a, row);
        }
        row[b]++;
    }

    private void grow(int user, int items) {
        while (ofUsers.size() <= user) {
            ofUsers.add(vector());
        }
        while (ofItems.size() < items) {
            ofItems.add(vector());
            together.add(new float[16]);
        }
        if (counts.length < items) {
            counts = Arrays.copyOf(counts, 2 * items);
            biases = Arrays.copyOf(biases, 2 * items);
        }
    }

    private double[] vector() {
        double[] vector = new double[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            vector[d] = 0.1 * random.nextGaussian();
        }
        return vector;
    }

    /** One step on the pair (Rendle et al., UAI 2009). */
    private void prefer(double[] u, int item, int other) {
        double[] v = ofItems.get(item);
        double[] w = ofItems.get(other);
        double x = biases[item] - biases[other] + dot(u, v) - dot(u, w);
        double g = RATE / (1 + Math.exp(x));
        biases[item] += g - RATE * L2 * biases[item];
        biases[other] -= g + RATE * L2 * biases[other];
        for (int d = 0; d < DIMENSIONS; d++) {
            double ud = u[d];
            u[d] += g * (v[d] - w[d]) - RATE * L2 * ud;
            v[d] += g * ud - RATE * L2 * v[d];
            w[d] -= g * ud + RATE * L2 * w[d];
        }
    }
}
