package io.sluice.state.rank;

import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.Hashing;

/**
 * Thompson sampling: each score is moved by a draw from what is not known of the item.
 *
 * <p>{@code κ σ(i) ξ(i)} with σ(i)² = 1/(prior + n(i)·p(1 − p)): the diagonal Laplace approximation
 * of a logistic weight that n(i) examples speak of (Chapelle and Li, NeurIPS 2011, algorithm 3),
 * and ξ(i) a standard normal that depends on seed, request, item and draw alone. It is fixed over
 * the rounds, so that elimination stays consistent. Immutable.
 */
final class Uncertainty {

    private final double kappa;
    private final double prior;
    private final long seed;

    Uncertainty(RankConfig config, long seed) {
        kappa = config.thompson();
        prior = config.prior();
        this.seed = seed;
    }

    boolean isOff() {
        return kappa == 0;
    }

    /** What a draw adds to the log-odds of a candidate. */
    float bonus(String request, Candidates candidates, int i, int draw) {
        double evidence = candidates.evidence(i);
        if (kappa == 0 || Double.isInfinite(evidence)) {
            return 0;
        }
        double p = Activations.sigmoid(candidates.logit(i));
        double sigma = 1 / Math.sqrt(prior + Math.max(0, evidence) * p * (1 - p));
        long hash =
                Hashing.number(Hashing.text(Hashing.text(seed, request), candidates.id(i)), draw);
        return (float) (kappa * sigma * normal(hash));
    }

    /** A standard normal out of a hash (Box and Muller, 1958). */
    static double normal(long hash) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - Hashing.unit(hash)));
        return radius * StrictMath.cos(2 * Math.PI * Hashing.unit(Hashing.mix(hash ^ 0x5bd1e995L)));
    }
}
