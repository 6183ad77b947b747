package io.sluice.state.rank;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Exponential;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Learns the parameters of one head from slates, one step a slate.
 *
 * <p>Softmax: with a(j) = θ(k) for what was left at place k and 1 for what was taken, π(j) ∝
 * a(j)·exp(s(j)): {@code L = −Σ c(p) log π(p) / Σ c(p)}, c(p) = 1/θ(k) clipped at 10 (inverse
 * propensity; Joachims et al., WSDM 2017).
 *
 * <p>Elimination: the next to fall is i with probability q(i) ∝ a(i)·exp(−s(i)), reverse Plackett
 * and Luce; the lowest of those that were not taken falls in fact, an eighth of the pool at a time.
 * Losses and gradients of {@link Objective} by s, with q the sum over those that were taken:
 *
 * <pre>
 * survival   p taken: −w q(p)                   else: w q q(i)/(1 − q)
 * reward     −w q(i) ([i taken] − q)
 * </pre>
 *
 * <p>On slates that chance had a hand in, {@link #explore} adds the policy gradient of sampled
 * orders, with the mean of the others as baseline (Kool, van Hoof and Welling, 2019).
 *
 * <p>AdaGrad, gradients clipped at {@value #CLIP} in length. Starts as a plain sort. Not
 * thread-safe.
 */
public final class HeadTrainer {

    private static final double CLIP = 2;
    private static final double RATE = 0.05;
    private static final double FIRST_SUM = 0.1;

    /** Pull of the gains towards 1, per slate: there are many and the others want to be seen. */
    private static final double GAIN_PULL = 1e-3;

    /** How much the policy gradient counts beside the loss. */
    private static final double EXPLORED = 0.1;

    private static final int ORDERS = 4;
    private static final int LONGEST_EXPLORED = 32;
    private static final double MOST_WEIGHT = 10;

    private final Objective objective;
    private final Discounts measure;
    private final int dimensions;
    private final double[] theta;
    private final double[] sums;

    // -- scratch
    private final PoolGradient gradient;
    private final double[] step;
    private boolean[] in = {};
    private double[] slopes = {};
    private double[] falls = {};
    private double[] chances = {};

    /**
     * A trainer.
     *
     * @param measure whose worth of places weighs pools
     */
    public HeadTrainer(Objective objective, Discounts measure, int dimensions) {
        this.objective = objective;
        this.measure = measure;
        this.dimensions = dimensions;
        theta = new double[PoolGradient.GAINS + dimensions];
        sums = new double[theta.length];
        Arrays.fill(theta, PoolGradient.GAINS, theta.length, 1);
        theta[PoolGradient.TAU] = 1;
        Arrays.fill(sums, FIRST_SUM);
        step = new double[theta.length];
        gradient = new PoolGradient(dimensions);
    }

    /** The head as it is, under a policy. */
    public RankerHead head(RankerHead.Policy policy) {
        float[] gains = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            gains[d] = (float) theta[PoolGradient.GAINS + d];
        }
        return new RankerHead(
                policy,
                (float) theta[PoolGradient.ALPHA],
                (float) theta[PoolGradient.LAMBDA],
                (float) theta[PoolGradient.MU],
                (float) theta[PoolGradient.TAU],
                gains);
    }

    /**
     * Takes one step; slates in which all or nothing was taken say nothing.
     *
     * @param seed of the orders that are sampled, one for each slate
     */
    public void learn(LabelledSlate slate, Examination examination, long seed) {
        int positives = slate.positives();
        if (positives == 0 || positives == slate.labels().length) {
            return;
        }
        Arrays.fill(step, 0);
        double unused = loss(slate, examination, theta, step);
        if (objective == Objective.SURVIVAL
                && slate.isExplored()
                && slate.labels().length <= LONGEST_EXPLORED) {
            explore(slate, seed);
        }
        descend();
    }

    private void descend() {
        double square = 0;
        for (double each : step) {
            square += each * each;
        }
        double scale = square > CLIP * CLIP ? CLIP / Math.sqrt(square) : 1;
        for (int p = 0; p < theta.length; p++) {
            double g = scale * step[p];
            if (p >= PoolGradient.GAINS) {
                g += GAIN_PULL * (theta[p] - 1);
            }
            sums[p] += g * g;
            theta[p] -= RATE * g / Math.sqrt(sums[p]);
        }
        theta[PoolGradient.TAU] =
                Math.max(
                        RankerHead.LEAST_TAU,
                        Math.min(RankerHead.MOST_TAU, theta[PoolGradient.TAU]));
    }

    /**
     * The loss of a slate, with its gradient by the parameters.
     *
     * @param out takes the gradient on top of what it holds
     */
    double loss(LabelledSlate slate, Examination examination, double[] parameters, double[] out) {
        int n = slate.labels().length;
        reserve(n);
        gradient.begin(slate.candidates());
        Arrays.fill(in, 0, n, true);
        for (int i = 0; i < n; i++) {
            double look = examination.at(slate.positions()[i]);
            chances[i] = slate.isPositive(i) ? 1 : look;
        }
        return objective == Objective.ONE_SHOT
                ? oneShot(slate, examination, parameters, out)
                : rounds(slate, examination, parameters, out);
    }

    private void reserve(int n) {
        if (in.length < n) {
            in = new boolean[n];
            slopes = new double[n];
            falls = new double[n];
            chances = new double[n];
        }
    }

    private static double weight(Examination examination, int position) {
        return Math.min(MOST_WEIGHT, 1 / examination.at(position));
    }

    private double oneShot(
            LabelledSlate slate, Examination examination, double[] parameters, double[] out) {
        int n = slate.labels().length;
        gradient.score(in, parameters);
        double[] s = gradient.scores();
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            top = Math.max(top, s[i]);
        }
        double total = 0;
        double wanted = 0;
        for (int i = 0; i < n; i++) {
            falls[i] = chances[i] * Exponential.of(s[i] - top);
            total += falls[i];
            wanted += slate.isPositive(i) ? weight(examination, slate.positions()[i]) : 0;
        }
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double share =
                    slate.isPositive(i) ? weight(examination, slate.positions()[i]) / wanted : 0;
            slopes[i] = falls[i] / total - share;
            loss += share * (StrictMath.log(total) + top - s[i]);
        }
        gradient.chain(slopes, 1, out);
        return loss;
    }

    private double rounds(
            LabelledSlate slate, Examination examination, double[] parameters, double[] out) {
        int n = slate.labels().length;
        int positives = slate.positives();
        double importance = 0;
        for (int i = 0; i < n; i++) {
            importance += slate.isPositive(i) ? weight(examination, slate.positions()[i]) : 0;
        }
        importance /= positives;
        double loss = 0;
        int m = n;
        while (m > positives) {
            gradient.score(in, parameters);
            int drop = Math.min(m - positives, (m + 7) / 8);
            double w = importance * (measure.worth(m - drop) - measure.worth(m));
            if (w > 0) {
                loss += w * round(slate, out, w);
            }
            for (int k = 0; k < drop; k++) {
                in[lowestLeft(slate)] = false;
            }
            m -= drop;
        }
        return loss;
    }

    /** One pool's loss; its gradient times {@code w} goes to {@code out}. */
    private double round(LabelledSlate slate, double[] out, double w) {
        int n = slate.labels().length;
        double q = fallChances(n, slate);
        boolean survival = objective == Objective.SURVIVAL;
        double bounded = Math.min(q, 1 - 1e-4);
        for (int i = 0; i < n; i++) {
            slopes[i] = 0;
            if (!in[i]) {
                continue;
            }
            boolean taken = slate.isPositive(i);
            if (survival) {
                slopes[i] = taken ? -falls[i] : bounded * falls[i] / (1 - bounded);
            } else {
                slopes[i] = -falls[i] * ((taken ? 1 : 0) - q);
            }
        }
        gradient.chain(slopes, w, out);
        return survival ? -StrictMath.log(1 - bounded) : q - 1;
    }

    /** Fills in who falls next; the probability that it is one that was taken. */
    private double fallChances(int n, LabelledSlate slate) {
        double[] s = gradient.scores();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            least = in[i] ? Math.min(least, s[i]) : least;
        }
        double total = 0;
        for (int i = 0; i < n; i++) {
            falls[i] = in[i] ? chances[i] * Exponential.of(least - s[i]) : 0;
            total += falls[i];
        }
        double taken = 0;
        for (int i = 0; i < n; i++) {
            falls[i] /= total;
            taken += slate.isPositive(i) ? falls[i] : 0;
        }
        return taken;
    }

    private int lowestLeft(LabelledSlate slate) {
        double[] s = gradient.scores();
        int lowest = -1;
        for (int i = 0; i < slate.labels().length; i++) {
            if (in[i] && !slate.isPositive(i) && (lowest < 0 || s[i] < s[lowest])) {
                lowest = i;
            }
        }
        return lowest;
    }

    /** The policy gradient of a few sampled orders, by their utility. */
    private void explore(LabelledSlate slate, long seed) {
        int n = slate.labels().length;
        double[][] directions = new double[ORDERS][theta.length];
        double[] rewards = new double[ORDERS];
        long[] groups = new long[n];
        for (int i = 0; i < n; i++) {
            groups[i] = slate.candidates().group(i);
            chances[i] = 1;
        }
        double total = 0;
        for (int l = 0; l < ORDERS; l++) {
            int[] order = sample(slate, Hashing.number(seed, l), directions[l]);
            rewards[l] =
                    Discounts.ndcgAt10(order, slate.labels())
                            + ClickModel.utility(order, slate.labels(), groups);
            total += rewards[l];
        }
        for (int l = 0; l < ORDERS; l++) {
            double advantage = rewards[l] - (total - rewards[l]) / (ORDERS - 1);
            for (int p = 0; p < step.length; p++) {
                step[p] -= EXPLORED / ORDERS * advantage * directions[l][p];
            }
        }
    }

    /** An order drawn by reverse Plackett and Luce; adds ∂ log p/∂θ to {@code direction}. */
    private int[] sample(LabelledSlate slate, long seed, double[] direction) {
        int n = slate.labels().length;
        int[] order = new int[n];
        Arrays.fill(in, 0, n, true);
        for (int m = n; m > 1; m--) {
            gradient.score(in, theta);
            double unused = fallChances(n, slate);
            int falling = draw(n, Hashing.unit(Hashing.number(seed, m)));
            for (int i = 0; i < n; i++) {
                slopes[i] = in[i] ? falls[i] - (i == falling ? 1 : 0) : 0;
            }
            gradient.chain(slopes, 1, direction);
            in[falling] = false;
            order[m - 1] = falling;
        }
        for (int i = 0; i < n; i++) {
            order[0] = in[i] ? i : order[0];
        }
        return order;
    }

    private int draw(int n, double at) {
        double passed = 0;
        int last = -1;
        for (int i = 0; i < n; i++) {
            if (in[i]) {
                passed += falls[i];
                last = i;
                if (at < passed) {
                    return i;
                }
            }
        }
        return last;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(dimensions);
        for (int p = 0; p < theta.length; p++) {
            out.writeDouble(theta[p]);
            out.writeDouble(sums[p]);
        }
    }

    void read(DataInput in) throws IOException {
        int found = in.readInt();
        if (found != dimensions) {
            throw new CorruptStateException(
                    "ranker state: found %d dimensions, expected %d".formatted(found, dimensions));
        }
        for (int p = 0; p < theta.length; p++) {
            theta[p] = in.readDouble();
            sums[p] = in.readDouble();
            if (!Double.isFinite(theta[p]) || !(sums[p] > 0)) {
                throw new CorruptStateException(
                        "ranker state: found parameter %s with sum %s"
                                .formatted(theta[p], sums[p]));
            }
        }
        double tau = theta[PoolGradient.TAU];
        if (!(tau >= RankerHead.LEAST_TAU && tau <= RankerHead.MOST_TAU)) {
            throw new CorruptStateException("ranker state: found tau " + tau);
        }
    }
}
