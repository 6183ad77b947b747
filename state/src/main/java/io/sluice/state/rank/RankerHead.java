package io.sluice.state.rank;

import io.sluice.state.check.Checks;
import java.util.Arrays;

/**
 * What the ranker has learnt: how much the pool around a candidate says about it.
 *
 * <p>The score of candidate i in pool S, n = |S|:
 *
 * <pre>
 * s(i, S) = z(i) + clip(α ⟨g ∘ x(i), c(i)⟩, ±{@value #REACH})
 *                − λ (⟨x(i), X⟩ − |x(i)|²) / (n − 1)
 *                − μ max(0, m(i) − 1)
 * </pre>
 *
 * <p>z log-odds of the model, x the item's vector at length 1, X = Σ x(j) over S, c(i) the mean of
 * x(j) over S without i weighted by exp(z(j)/τ), m(i) how many of S are of i's group. All zero is a
 * plain sort by z. Immutable.
 *
 * @param policy which way of ranking is in force under {@code rank.policy: auto}
 * @param alpha α, pull towards what the pool's likely items look like; negative pushes away
 * @param lambda λ, price of similarity to the pool; negative is a bonus
 * @param mu μ, price of each other member of the group; negative is a bonus
 * @param tau τ, temperature of the weights, [{@value #LEAST_TAU}, {@value #MOST_TAU}]
 * @param gains g, one for each dimension
 */
@SuppressWarnings("ArrayRecordComponent") // read only; compared by equals below
public record RankerHead(
        Policy policy, float alpha, float lambda, float mu, float tau, float[] gains) {

    /** Bound on the relevance to the pool, in log-odds. */
    public static final float REACH = 2;

    /** Coldest weights: the likeliest alone. */
    public static final float LEAST_TAU = 0.1f;

    /** Hottest weights: nearly equal ones. */
    public static final float MOST_TAU = 10;

    /** A way of ranking that the gate can choose. The code is part of formats: never renumber. */
    public enum Policy {
        /** By the model's score alone. */
        SORT(0),
        /** By the score in the whole pool, once. */
        ONE_SHOT(1),
        /** The worst goes, round by round. */
        ELIMINATION(2);

        private final int code;

        Policy(int code) {
            this.code = code;
        }

        /** The policy's number in bytes. */
        public int code() {
            return code;
        }

        /** The policy's word in a reply. */
        public String word() {
            return switch (this) {
                case SORT -> "sort";
                case ONE_SHOT -> "one-shot";
                case ELIMINATION -> "elimination";
            };
        }

        /** The policy with this number; null when there is none. */
        public static Policy ofCode(int code) {
            for (Policy policy : values()) {
                if (policy.code == code) {
                    return policy;
                }
            }
            return null;
        }
    }

    public RankerHead {
        Checks.notNull("policy", policy);
        Checks.finite("alpha", alpha);
        Checks.finite("lambda", lambda);
        Checks.finite("mu", mu);
        Checks.inRange("tau", tau, LEAST_TAU, MOST_TAU);
        Checks.finite("gains", gains);
    }

    /** The head that sorts. */
    public static RankerHead sort(int dimensions) {
        return plain(Policy.SORT, dimensions);
    }

    /** A head without context that is ranked by a policy. */
    public static RankerHead plain(Policy policy, int dimensions) {
        float[] gains = new float[dimensions];
        Arrays.fill(gains, 1);
        return new RankerHead(policy, 0, 0, 0, 1, gains);
    }

    /** Length of the item vectors. */
    public int dimensions() {
        return gains.length;
    }

    /** Whether the pool counts at all. */
    public boolean hasContext() {
        return alpha != 0 || lambda != 0 || mu != 0;
    }

    /** The same parameters under another policy. */
    public RankerHead under(Policy other) {
        return new RankerHead(other, alpha, lambda, mu, tau, gains);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankerHead that
                && policy == that.policy
                && alpha == that.alpha
                && lambda == that.lambda
                && mu == that.mu
                && tau == that.tau
                && Arrays.equals(gains, that.gains);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(gains) + Float.hashCode(alpha + 31 * lambda + 961 * mu);
    }
}
