package io.sluice.state.evaluate;

import io.sluice.state.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Estimates what a ranking policy π would be worth from lists that another one, μ, has shown.
 *
 * <p>The value is V(π) = E[Σ_k c(k)], the outcomes at the first K places. With the item a(k) that
 * was logged at place k, its propensity μ(a(k), k), and w(k) = min(M, π(a(k), k)/μ(a(k), k)):
 *
 * <pre>
 *   IPS   1/N Σ_n Σ_k w(k)·c(k)
 *   SNIPS Σ_k N_k/N · Σ_n w(k)·c(k) / Σ_n w(k)
 *   DR    1/N Σ_n Σ_k ( Σ_i π(i, k)·r(i, k) + w(k)·(c(k) − r(a(k), k)) )
 * </pre>
 *
 * <p>with a model r of the outcome that must not know c. All hold where the outcome at a place
 * depends on the item there and the place alone (item-position model; Li et al., KDD 2018, section
 * 4.3), which a position-based click model is a case of; what stands above is not seen. IPS and DR
 * are then unbiased without clipping (M = ∞), whatever r is; SNIPS (Swaminathan and Joachims,
 * NeurIPS 2015) is consistent, and has less variance where weights vary. DR is Dudík, Langford and
 * Li, ICML 2011, place by place. Deviation: SNIPS is normalised by place, since E[w(k)] = 1 holds
 * for each of them.
 *
 * <p>Intervals are those of {@link BlockBootstrap} over the lists in their order. Not thread-safe.
 */
public final class PolicyLog {

    private final int places;
    private final double clip;
    private final List<Shown> lists = new ArrayList<>();
    private long slots;
    private double weight;
    private double squared;
    private double clipped;

    /** One list: what happened, by place. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Shown(double[] outcomes, double[] weights, double[] residuals, double direct) {}

    /**
     * A log without lists.
     *
     * @param places how many first places count, 1 or more
     * @param clip largest weight, above 0; infinite for none
     */
    public PolicyLog(int places, double clip) {
        this.places = Checks.positive("places", places);
        Checks.that(clip > 0, "clip", "above 0", clip);
        this.clip = clip;
    }

    /**
     * Adds a list. All arrays are by place, from the first one shown.
     *
     * @param outcomes 1 where something came of it, else 0
     * @param propensities with which the logged policy had put each item there, (0, 1]
     * @param target with which the judged policy would, [0, 1]
     * @param predicted what the model of outcomes says of each
     * @param direct what it says of the whole list of the judged policy, Σ_k Σ_i π(i, k)·r(i, k)
     */
    public void add(
            double[] outcomes,
            double[] propensities,
            double[] target,
            double[] predicted,
            double direct) {
        int n = Math.min(places, outcomes.length);
        double[] seen = new double[n];
        double[] weights = new double[n];
        double[] residuals = new double[n];
        for (int k = 0; k < n; k++) {
            Checks.that(
                    propensities[k] > 0 && propensities[k] <= 1,
                    "propensity",
                    "within (0, 1]",
                    propensities[k]);
            double full = target[k] / propensities[k];
            weights[k] = Math.min(clip, full);
            seen[k] = outcomes[k];
            residuals[k] = outcomes[k] - predicted[k];
            slots++;
            weight += weights[k];
            squared += weights[k] * weights[k];
            clipped += full - weights[k];
        }
        lists.add(new Shown(seen, weights, residuals, direct));
    }

    /** How many lists there are. */
    public int size() {
        return lists.size();
    }

    /** What the lists say. */
    public PolicyEstimates estimates() {
        Blocks blocks = Blocks.ofRequests(0, lists.size());
        BlockMean logged = mean(blocks, list -> sum(list.outcomes()));
        BlockMean ips = mean(blocks, list -> dot(list.weights(), list.outcomes()));
        BlockMean robust =
                mean(blocks, list -> list.direct() + dot(list.weights(), list.residuals()));
        BlockMean direct = mean(blocks, Shown::direct);
        BlockRatios ratios = new BlockRatios(blocks.count(), places);
        for (int b = 0; b < blocks.count(); b++) {
            for (int i = blocks.from(b); i < blocks.to(b); i++) {
                ratios.add(b, lists.get(i).weights(), lists.get(i).outcomes());
            }
        }
        return new PolicyEstimates(
                lists.size(),
                places,
                BlockBootstrap.interval(logged),
                BlockBootstrap.interval(ips),
                BlockBootstrap.interval(ratios),
                BlockBootstrap.interval(robust),
                BlockBootstrap.interval(direct),
                BlockBootstrap.interval(ips.minus(logged)),
                BlockBootstrap.interval(new Difference(ratios, logged)),
                BlockBootstrap.interval(robust.minus(logged)),
                BlockBootstrap.interval(
                        mean(blocks, list -> sum(list.weights()) / list.weights().length)),
                slots,
                squared == 0 ? 0 : weight * weight / squared,
                clipped == 0 ? 0 : clipped / (clipped + weight));
    }

    private BlockMean mean(Blocks blocks, ToDoubleFunction<Shown> value) {
        return BlockMean.of(lists.stream().mapToDouble(value).toArray(), blocks);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** One figure less another of the same blocks. */
    private record Difference(BlockFigure a, BlockFigure b) implements BlockFigure {

        @Override
        public int blocks() {
            return a.blocks();
        }

        @Override
        public double value(int[] times) {
            return a.value(times) - b.value(times);
        }
    }
}
