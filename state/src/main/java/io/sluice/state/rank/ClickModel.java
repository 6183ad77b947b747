package io.sluice.state.rank;

import java.util.HashSet;
import java.util.Set;

/**
 * What a slate is worth to a user who is served once for each of its wants.
 *
 * <p>The user looks at the first {@value #PLACES} places from the top and goes on after each with
 * probability {@value #PATIENCE}. An item that was taken in the stream is worth 1 if it is the
 * first of its group to be looked at, and nothing behind another one of its group; items without a
 * group are groups of their own. The utility is the expectation, divided by that of the best order.
 * So it is an intent-aware rank-biased precision (Moffat and Zobel, TOIS 2008; redundancy as in
 * α-nDCG with α = 1, Clarke et al., SIGIR 2008).
 */
public final class ClickModel {

    /** How many places are looked at at most. */
    public static final int PLACES = 10;

    /** Probability of going on to the next place. */
    public static final double PATIENCE = 0.85;

    private ClickModel() {}

    /**
     * The utility of an order, in [0, 1]; NaN when nothing was taken.
     *
     * @param order indices into the arrays, the first place first
     * @param groups hash of each item's group, {@link Candidates#NO_GROUP} for none
     */
    public static double utility(int[] order, float[] labels, long[] groups) {
        Set<Long> wants = new HashSet<>();
        int single = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] > 0.5f) {
                single += groups[i] == Candidates.NO_GROUP ? 1 : 0;
                if (groups[i] != Candidates.NO_GROUP) {
                    wants.add(groups[i]);
                }
            }
        }
        double best = 0;
        double looks = 1;
        for (int p = 0; p < Math.min(PLACES, wants.size() + single); p++) {
            best += looks;
            looks *= PATIENCE;
        }
        double worth = 0;
        looks = 1;
        for (int p = 0; p < Math.min(PLACES, order.length); p++) {
            int i = order[p];
            if (labels[i] > 0.5f) {
                boolean first = groups[i] == Candidates.NO_GROUP || wants.remove(groups[i]);
                worth += first ? looks : 0;
            }
            looks *= PATIENCE;
        }
        return worth / best;
    }
}
