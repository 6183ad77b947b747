package io.sluice.state.evaluate;

import io.sluice.state.kernel.Activations;
import java.util.ArrayList;
import java.util.List;

/**
 * Progressive figures up to some point of a run.
 *
 * @param examples how many examples they cover, from the first on
 * @param time when the label of the last of them became known, epoch milliseconds
 * @param logloss mean logistic loss, nats
 * @param auc exact; NaN with one kind of label only
 */
public record CurvePoint(int examples, long time, double logloss, double auc) {

    /** The figures after every {@code step} examples, and after the last one. */
    public static List<CurvePoint> of(ScoreLog log, int step) {
        List<CurvePoint> points = new ArrayList<>();
        PrefixAuc auc = new PrefixAuc(log);
        double loss = 0;
        double weight = 0;
        for (int i = 0; i < log.size(); i++) {
            loss += log.weight(i) * Activations.logLoss(log.prediction(i), log.label(i));
            weight += log.weight(i);
            int length = i + 1;
            if (length % step == 0 || length == log.size()) {
                points.add(new CurvePoint(length, log.time(i), loss / weight, auc.advance(length)));
            }
        }
        return points;
    }
}
