package io.sluice.state.evaluate;

import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.rank.RankerLearner;
import io.sluice.state.rank.SlateOrders;

/**
 * How good the orders are that a configuration would have served, each made by what was known
 * before its slate was learnt: the policy in force under the learner's head, without rules, chance,
 * or anybody else's last word. Slates in which nothing was taken say nothing and don't count.
 *
 * <p>48 bytes a slate. Not thread-safe.
 */
public final class RankedSlates {

    private final RankConfig config;
    private final RankerLearner learner;
    private final SlateOrders orders;
    private final RankingLog log = new RankingLog();

    /** None yet. */
    public RankedSlates(RankConfig config, RankerLearner learner) {
        this.config = config;
        this.learner = learner;
        orders = new SlateOrders(config.elimination().newEliminator());
    }

    /** Takes a slate that the learner is about to learn. */
    public void add(LabelledSlate slate) {
        if (slate.positives() == 0) {
            return;
        }
        RankerHead head = learner.head();
        int[] order = orders.of(slate.candidates(), head, config.inForce(head));
        log.add(slate.candidates(), order, slate.labels(), orders.groups(slate.candidates()));
    }

    /** How many slates count. */
    public int size() {
        return log.size();
    }

    /** All slates. */
    public RankingBlocks overall() {
        return log.blocks(0);
    }

    /** The last fifth of them. */
    public RankingBlocks last20() {
        return log.blocks(ScoreLog.lastFifth(size()));
    }
}
