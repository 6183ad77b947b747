package io.sluice.state.rank;

import io.sluice.state.check.Checks;
import io.sluice.state.kernel.Hashing;

/**
 * Now and then shuffles a list, with exactly known probabilities.
 *
 * <p>With probability ε the n items come in a uniformly random order (Fisher and Yates), otherwise
 * in the greedy one. So an item whose greedy place is g stands at place j with probability
 *
 * <pre>  p(j) = (1 − ε)·[j = g] + ε/n</pre>
 *
 * <p>which is what counterfactual evaluation divides by; with ε &gt; 0 it is never 0. The choice is
 * a function of server seed and request id alone: a repeated request gets the same order. Counter
 * based hashes stand in for a generator; the bias of the remainder is below n/2⁶⁴.
 *
 * <p>Immutable; thread-safe.
 */
public final class Exploration {

    private final double epsilon;
    private final long seed;

    /**
     * An exploration.
     *
     * @param epsilon share of requests that are shuffled, [0, 1]; 0 means never
     * @param seed makes the choices; servers that share it choose alike
     */
    public Exploration(double epsilon, long seed) {
        this.epsilon = Checks.inRange("serve.exploration", epsilon, 0, 1);
        this.seed = seed;
    }

    /**
     * Which greedy place stands at each place.
     *
     * @param request id of the request
     * @param n length of the list
     * @param order takes, at index j &lt; n, the greedy place of the item that stands at place j
     */
    void arrange(String request, int n, int[] order) {
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        long hash = Hashing.text(seed, request);
        if (Hashing.unit(hash) < epsilon) {
            for (int i = n - 1; i > 0; i--) {
                int other = (int) Long.remainderUnsigned(Hashing.number(hash, i), i + 1L);
                int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
            }
        }
    }

    /**
     * Probability that an item stands at a place of n that are shuffled among each other.
     *
     * @param otherwise the probability that it stands there when nothing is shuffled; for a greedy
     *     list 1 at its greedy place and 0 elsewhere
     * @param among the probability that it stands at any of the n; 1 when all are shuffled
     */
    public double propensity(double otherwise, double among, int n) {
        return n == 1 ? otherwise : (1 - epsilon) * otherwise + epsilon * among / n;
    }

    /**
     * What shuffling makes of placements.
     *
     * @param greedy probability of each candidate to stand at each place when nothing is shuffled,
     *     by place, then by candidate
     * @param split places before it and those from it on are shuffled each among themselves
     */
    double[][] shuffled(double[][] greedy, int split, int candidates) {
        double[][] shuffled = new double[greedy.length][candidates];
        for (int from = 0; from < greedy.length; from = from < split ? split : greedy.length) {
            int to = from < split ? split : greedy.length;
            for (int i = 0; i < candidates; i++) {
                double among = 0;
                for (int place = from; place < to; place++) {
                    among += greedy[place][i];
                }
                for (int place = from; place < to; place++) {
                    shuffled[place][i] = propensity(greedy[place][i], among, to - from);
                }
            }
        }
        return shuffled;
    }
}
