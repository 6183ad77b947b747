package io.sluice.state.evaluate;

import io.sluice.state.kernel.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judged predictions beside the truth: how much worse than an oracle, and how soon a change is
 * caught up with.
 *
 * <p>The <em>excess</em> of a prediction p over the truth q is the logloss that it costs beyond the
 * oracle's in expectation, q ln(q/p) + (1 − q) ln((1 − q)/(1 − p)) nats: no label takes part in it,
 * so it is far less noisy than logloss. Examples are taken in the order of the rows, whenever their
 * labels came.
 *
 * <p>Of each change, with e₀ the mean excess of the last {@value #BEFORE} examples before it, and J
 * the <em>jump</em>, the mean excess of somebody who knew everything but the change, over the
 * examples that it affects: recovery is the first moment, at or after the worst one, at which the
 * mean excess of the last {@value #WINDOW} affected examples is at most e₀ + {@value #SHARE} J,
 * counted in affected examples since the change. So the aim does not depend on how deep a learner
 * fell, and one that never fell behind by more than that has recovered after 0.
 *
 * <p>O(rows). Not thread-safe.
 */
public final class DriftTrace {

    /** Affected examples that are smoothed over. */
    public static final int WINDOW = 500;

    /** Share of the jump that may be left. */
    public static final double SHARE = 0.1;

    /** Examples before a change whose excess is the level to come back to. */
    static final int BEFORE = 5_000;

    private final Truth truth;
    private final float[] predictions;

    /** Nothing is judged yet. */
    public DriftTrace(Truth truth) {
        this.truth = truth;
        predictions = new float[truth.size()];
        Arrays.fill(predictions, Float.NaN);
    }

    /** Takes the prediction of a row; rows that are never judged count nowhere. */
    public void add(int row, float prediction) {
        if (row < 0 || row >= predictions.length) {
            throw new IllegalArgumentException(
                    "row must be within [0, %d), found %d".formatted(predictions.length, row));
        }
        predictions[row] = prediction;
    }

    /** All figures. */
    public DriftSummary summary() {
        List<DriftSummary.Change> changes = new ArrayList<>();
        int begin = 0;
        for (int row = 1; row <= predictions.length; row++) {
            if (row == predictions.length || truth.phase(row) != truth.phase(begin)) {
                if (begin > 0 && hasAny(begin, row)) {
                    changes.add(change(begin, row));
                }
                begin = row;
            }
        }
        return new DriftSummary(mean(0, predictions.length, false), changes);
    }

    private boolean hasAny(int from, int to) {
        for (int row = from; row < to; row++) {
            if (isJudged(row) && truth.isAffected(row)) {
                return true;
            }
        }
        return false;
    }

    private DriftSummary.Change change(int from, int to) {
        double before = mean(Math.max(0, from - BEFORE), from, false);
        double jump = jump(from, to);
        return new DriftSummary.Change(
                truth.phase(from),
                from,
                before,
                jump,
                mean(from, to, true),
                recovery(from, to, before + SHARE * jump));
    }

    private double mean(int from, int to, boolean affected) {
        double sum = 0;
        long count = 0;
        for (int row = from; row < to; row++) {
            if (isJudged(row) && (!affected || truth.isAffected(row))) {
                sum += excess(predictions[row], truth.probability(row));
                count++;
            }
        }
        return sum / count;
    }

    private double jump(int from, int to) {
        double sum = 0;
        long count = 0;
        for (int row = from; row < to; row++) {
            if (isJudged(row) && truth.isAffected(row)) {
                sum += excess(truth.stale(row), truth.probability(row));
                count++;
            }
        }
        return sum / count;
    }

    private double recovery(int from, int to, double aim) {
        double[] window = new double[WINDOW];
        double sum = 0;
        double worst = 0;
        int count = 0;
        double recovered = Double.NaN;
        for (int row = from; row < to; row++) {
            if (!isJudged(row) || !truth.isAffected(row)) {
                continue;
            }
            double each = excess(predictions[row], truth.probability(row));
            sum += each - window[count % WINDOW];
            window[count % WINDOW] = each;
            count++;
            double level = sum / WINDOW;
            if (count < WINDOW) {
                continue;
            }
            if (level > worst) {
                // What came before the worst moment was no recovery.
                worst = level;
                recovered = Double.NaN;
            }
            if (Double.isNaN(recovered) && level <= aim) {
                recovered = count;
            }
        }
        return count >= WINDOW && worst <= aim ? 0 : recovered;
    }

    private boolean isJudged(int row) {
        return !Float.isNaN(predictions[row]);
    }

    private static double excess(float prediction, float probability) {
        return Math.max(
                0,
                Activations.logLoss(prediction, probability)
                        - Activations.logLoss(probability, probability));
    }
}
