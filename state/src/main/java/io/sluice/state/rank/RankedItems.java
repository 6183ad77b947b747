package io.sluice.state.rank;

import io.sluice.state.event.Fall;
import io.sluice.state.event.RankedItem;

/** The places of a reply. */
final class RankedItems {

    private RankedItems() {}

    /** A place without reasons, from 0. */
    static RankedItem plain(Candidates candidates, int i, int place, double propensity) {
        return new RankedItem(candidates.id(i), place + 1, candidates.score(i), propensity);
    }

    /**
     * A place with its reasons.
     *
     * @param log of the ranking that is returned
     * @param f place in that log; negative for who never was in the pool
     * @param rounds whether there were any
     */
    static RankedItem explained(
            Candidates candidates,
            int i,
            int place,
            double propensity,
            FallLog log,
            int f,
            boolean rounds) {
        if (f < 0) {
            return plain(candidates, i, place, propensity);
        }
        int against = log.against(f);
        Fall fall =
                new Fall(
                        Reasons.of(log, f),
                        log.poolSize(f),
                        against < 0 ? "" : candidates.id(against),
                        log.margin(f),
                        candidates.logit(i),
                        log.relevance(f),
                        log.crowding(f),
                        log.group(f),
                        log.exploration(f));
        return new RankedItem(
                candidates.id(i),
                place + 1,
                candidates.score(i),
                propensity,
                rounds ? log.round(f) : 0,
                fall);
    }
}
