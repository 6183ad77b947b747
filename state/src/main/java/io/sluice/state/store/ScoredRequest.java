package io.sluice.state.store;

import io.sluice.state.feature.SlateValues;
import io.sluice.state.model.Manifest;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.RankerHead;

/**
 * What a view makes of a request.
 *
 * @param manifest of the view that scored; null when there is none yet
 * @param head how its candidates are put in order
 * @param candidates what was said of each; without a score when there is no view, and where the
 *     deadline came first
 * @param values what streaming features said of the request and of each candidate
 * @param memory what memory did to each candidate
 */
public record ScoredRequest(
        Manifest manifest,
        RankerHead head,
        Candidates candidates,
        SlateValues values,
        SlateMemory memory) {

    /** Candidates of which no model said anything. */
    static ScoredRequest unscored(Candidates candidates, SlateValues values) {
        return new ScoredRequest(null, RankerHead.sort(0), candidates, values, SlateMemory.NONE);
    }

    /** The probability of each candidate; NaN without one. */
    public double[] scores() {
        double[] scores = new double[candidates.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = candidates.score(i);
        }
        return scores;
    }
}
