package io.sluice.state.rank;

import java.util.ArrayList;
import java.util.List;

/** The formula of {@link RankerHead} word by word, in doubles, over a list of candidates. */
final class PoolTwin {

    private final Candidates candidates;
    private final RankerHead head;

    PoolTwin(Candidates candidates, RankerHead head) {
        this.candidates = candidates;
        this.head = head;
    }

    /** All candidates that have a score. */
    List<Integer> all() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.isScored(i)) {
                all.add(i);
            }
        }
        return all;
    }

    double score(int i, List<Integer> pool) {
        int n = pool.size();
        double[] x = unit(i);
        double[] center = new double[x.length];
        double total = 0;
        double similarity = 0;
        int ofGroup = 0;
        for (int j : pool) {
            if (j == i) {
                continue;
            }
            double weight = Math.exp(candidates.logit(j) / (double) head.tau());
            double[] y = unit(j);
            for (int d = 0; d < x.length; d++) {
                center[d] += weight * y[d];
                similarity += x[d] * y[d];
            }
            total += weight;
            boolean grouped = candidates.group(i) != Candidates.NO_GROUP;
            ofGroup += grouped && candidates.group(i) == candidates.group(j) ? 1 : 0;
        }
        double pull = 0;
        for (int d = 0; d < x.length && total > 0; d++) {
            pull += head.gains()[d] * x[d] * center[d] / total;
        }
        double bounded = Math.max(-2, Math.min(2, head.alpha() * pull));
        double crowding = n > 1 ? head.lambda() * similarity / (n - 1) : 0;
        return candidates.logit(i) + bounded - crowding - head.mu() * ofGroup;
    }

    private double[] unit(int i) {
        double[] unit = new double[candidates.dimensions()];
        double square = 0;
        for (int d = 0; d < unit.length; d++) {
            unit[d] = candidates.vectors()[candidates.vectorAt(i) + d];
            square += unit[d] * unit[d];
        }
        for (int d = 0; d < unit.length; d++) {
            unit[d] = square > 1e-20 ? unit[d] / Math.sqrt(square) : 0;
        }
        return unit;
    }
}
