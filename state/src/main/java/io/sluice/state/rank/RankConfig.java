package io.sluice.state.rank;

import io.sluice.state.check.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How candidates are put in order. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param policy how; automatic leaves it to what the trainer's gate found best
 * @param eliminator which way of eliminating
 * @param share of the pool that falls in a round of halving, [0.05, 0.95]
 * @param shortlist length from which on one falls at a time, 2 to 1000
 * @param group declared feature of items that makes groups; empty: there are none
 * @param within how many first places quotas speak of, 1 to 1000
 * @param quotas by group
 * @param pinned ids that come first wherever they are candidates, in this order
 * @param exclude ids that never come back
 * @param seen streaming feature with the user's last items, which don't come back; empty: they do
 * @param thompson how far uncertainty moves scores, in its standard deviations, [0, 10]
 * @param evidence streaming feature that counts how much is known of an item; empty: only whether
 *     the model has a row of it
 * @param prior examples' worth of certainty that an unknown item starts with, (0, 1000]
 * @param draws rankings that propensities of Thompson sampling are estimated from, 1 to 1000
 * @param learn whether the trainer learns how to rank from slates
 * @param scorer who has the last word
 */
public record RankConfig(
        Policy policy,
        Method eliminator,
        double share,
        int shortlist,
        Optional<String> group,
        int within,
        Map<String, QuotaConfig> quotas,
        List<String> pinned,
        List<String> exclude,
        Optional<String> seen,
        double thompson,
        Optional<String> evidence,
        double prior,
        int draws,
        boolean learn,
        ScorerConfig scorer) {

    /** How candidates are put in order. */
    public enum Policy {
        /** As the gate says. */
        AUTO,
        /** By the model's score. */
        SORT,
        /** By the score in the whole pool, once. */
        ONE_SHOT,
        /** The worst goes, round by round. */
        ELIMINATION
    }

    /** A way of eliminating. */
    public enum Method {
        /** One by one. */
        EXACT,
        /** One by one, rescoring only who might be the worst. */
        LAZY,
        /** A share at once until a short list is left. */
        HALVING
    }

    /**
     * How many of a group are to stand among the first places.
     *
     * @param least at least so many, 0 to 1000
     * @param most at most so many, 0 to 1000
     */
    public record QuotaConfig(int least, int most) {

        public QuotaConfig {
            Checks.inRange("rank.quotas.least", least, 0, 1000);
            Checks.inRange("rank.quotas.most", most, 0, 1000);
            Checks.that(
                    most >= least, "rank.quotas.most", "at least 'least' (" + least + ")", most);
        }
    }

    public RankConfig {
        Checks.notNull("rank.policy", policy);
        Checks.notNull("rank.eliminator", eliminator);
        Checks.inRange("rank.share", share, 0.05, 0.95);
        Checks.inRange("rank.shortlist", shortlist, 2, 1000);
        Checks.inRange("rank.within", within, 1, 1000);
        quotas = Collections.unmodifiableMap(new LinkedHashMap<>(quotas));
        pinned = List.copyOf(pinned);
        exclude = List.copyOf(exclude);
        Checks.inRange("rank.thompson", thompson, 0, 10);
        Checks.above("rank.prior", prior, 0, 1000);
        Checks.inRange("rank.draws", draws, 1, 1000);
        Checks.notNull("rank.scorer", scorer);
    }

    /** What the reference configuration says, under a policy. */
    public static RankConfig of(Policy policy) {
        return new RankConfig(
                policy,
                Method.HALVING,
                0.5,
                16,
                Optional.empty(),
                10,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                0,
                Optional.empty(),
                1,
                32,
                true,
                ScorerConfig.NONE);
    }

    /** The way of eliminating. */
    public Elimination elimination() {
        return new Elimination(eliminator, share, shortlist);
    }

    /** Which policy is in force under a head. */
    public RankerHead.Policy inForce(RankerHead head) {
        return switch (policy) {
            case AUTO -> head.policy();
            case SORT -> RankerHead.Policy.SORT;
            case ONE_SHOT -> RankerHead.Policy.ONE_SHOT;
            case ELIMINATION -> RankerHead.Policy.ELIMINATION;
        };
    }
}
