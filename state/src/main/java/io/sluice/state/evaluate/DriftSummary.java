package io.sluice.state.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far a run stayed behind an oracle; see {@link DriftTrace}.
 *
 * @param excess mean excess over the oracle of all examples, nats
 * @param changes what became of each change
 */
public record DriftSummary(double excess, List<Change> changes) {

    public DriftSummary {
        changes = List.copyOf(changes);
    }

    /**
     * One change of the stream.
     *
     * @param phase number of the phase that begins with it
     * @param row its first row
     * @param before mean excess before it, nats
     * @param jump mean excess, over the examples that it affects, of somebody who knows everything
     *     else, nats
     * @param excess mean excess of those examples until the next change, nats
     * @param recovery affected examples until the excess is back; NaN when it never is
     */
    public record Change(
            int phase, int row, double before, double jump, double excess, double recovery) {}

    /** Means of runs over one stream; a recovery that one of them lacks is NaN. */
    public static DriftSummary mean(List<DriftSummary> runs) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < runs.get(0).changes().size(); i++) {
            int at = i;
            List<Change> same = runs.stream().map(run -> run.changes().get(at)).toList();
            changes.add(
                    new Change(
                            same.get(0).phase(),
                            same.get(0).row(),
                            mean(same, Change::before),
                            mean(same, Change::jump),
                            mean(same, Change::excess),
                            mean(same, Change::recovery)));
        }
        return new DriftSummary(mean(runs, DriftSummary::excess), changes);
    }

    private static <T> double mean(List<T> runs, ToDoubleFunction<T> figure) {
        double sum = 0;
        for (T run : runs) {
            sum += figure.applyAsDouble(run);
        }
        return sum / runs.size();
    }
}
