package io.sluice.state.rank;

/** Says in a few words why a candidate fell when it did. */
final class Reasons {

    static final String BEST = "nothing better was left";
    static final String ALIKE = "too similar to the others";
    static final String GROUP = "too many of its group";
    static final String UNLIKE = "unlike the likely ones";
    static final String CHANCE = "exploration";
    static final String RULES = "quota";
    static final String INTEREST = "low predicted interest";

    private Reasons() {}

    /**
     * The largest part of the score without which the candidate would have stayed; its predicted
     * interest if there is none; a quota when it fell although it was better than one that stayed.
     */
    static String of(FallLog log, int f) {
        if (log.round(f) == 0) {
            return BEST;
        }
        float margin = log.margin(f);
        if (margin < 0) {
            return RULES;
        }
        float largest = margin;
        String reason = INTEREST;
        if (log.crowding(f) > largest) {
            largest = log.crowding(f);
            reason = ALIKE;
        }
        if (log.group(f) > largest) {
            largest = log.group(f);
            reason = GROUP;
        }
        if (-log.relevance(f) > largest) {
            largest = -log.relevance(f);
            reason = UNLIKE;
        }
        return -log.exploration(f) > largest ? CHANCE : reason;
    }
}
