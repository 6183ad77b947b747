package io.sluice.state.evaluate;

/**
 * What a policy would be worth, estimated from the log of another one; values are expected positive
 * outcomes among the first places of a list.
 *
 * @param lists how many lists were judged
 * @param places how many first places count
 * @param logged what the logged lists themselves got
 * @param ips inverse propensity scoring
 * @param selfNormalised the same, each place divided by its weights instead of its lists
 * @param doublyRobust a model of outcomes, corrected by inverse propensity scoring
 * @param direct that model alone
 * @param ipsGain {@code ips} less {@code logged}, paired
 * @param selfNormalisedGain {@code selfNormalised} less {@code logged}, paired
 * @param doublyRobustGain {@code doublyRobust} less {@code logged}, paired
 * @param meanWeight mean weight of a place: 1 where propensities are right and the log has shown
 *     all that the policy would show
 * @param slots how many places of all lists counted
 * @param effectiveSlots (Σ w)²/Σ w²: as many slots of the policy itself would say as much
 * @param clippedShare share of the weight that clipping took away
 */
public record PolicyEstimates(
        int lists,
        int places,
        Interval logged,
        Interval ips,
        Interval selfNormalised,
        Interval doublyRobust,
        Interval direct,
        Interval ipsGain,
        Interval selfNormalisedGain,
        Interval doublyRobustGain,
        Interval meanWeight,
        long slots,
        double effectiveSlots,
        double clippedShare) {

    /**
     * Whether the mean weight is below 1 beyond noise: the log lacks what the policy would show.
     */
    public boolean lacksSupport() {
        return meanWeight.high() < 1;
    }
}
