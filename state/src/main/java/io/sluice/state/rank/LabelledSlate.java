package io.sluice.state.rank;

import io.sluice.state.check.Checks;

/**
 * A slate as it was scored when it was shown, and what became of it.
 *
 * @param candidates log-odds, vectors and groups, as of the moment it was shown
 * @param labels 1 for what was taken, else 0
 * @param positions where each was shown, from 0
 * @param propensities with which probability chance put it there; NaN when that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record LabelledSlate(
        Candidates candidates, float[] labels, int[] positions, float[] propensities) {

    public LabelledSlate {
        Checks.length("labels", labels.length, candidates.size());
        Checks.length("positions", positions.length, candidates.size());
        Checks.length("propensities", propensities.length, candidates.size());
    }

    /** How many were taken. */
    public int positives() {
        int count = 0;
        for (float label : labels) {
            count += label > 0.5f ? 1 : 0;
        }
        return count;
    }

    boolean isPositive(int i) {
        return labels[i] > 0.5f;
    }

    /** Whether chance had a hand in the order. */
    boolean isExplored() {
        for (float propensity : propensities) {
            if (propensity < 0.999f) {
                return true;
            }
        }
        return false;
    }
}
