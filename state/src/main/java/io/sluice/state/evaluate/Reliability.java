package io.sluice.state.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether predictions mean what they say: of the examples predicted to be about p, is a share p
 * positive?
 *
 * @param examples how many fell into this bin
 * @param meanPrediction of them
 * @param meanLabel of them, the share of positives
 */
public record Reliability(int examples, double meanPrediction, double meanLabel) {

    /**
     * Bins of equally many examples, from the lowest to the highest prediction.
     *
     * @param log the predictions
     * @param bins how many at most; fewer when there are fewer examples
     */
    public static List<Reliability> of(ScoreLog log, int bins) {
        int n = log.size();
        long[] order = new long[n];
        for (int i = 0; i < n; i++) {
            // Predictions are not negative, so their bits are in their order.
            order[i] = ((long) Float.floatToIntBits(log.prediction(i) + 0f) << 32) | i;
        }
        Arrays.sort(order);
        List<Reliability> result = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) n * bin / bins);
            int to = (int) ((long) n * (bin + 1) / bins);
            if (from < to) {
                result.add(of(log, order, from, to));
            }
        }
        return result;
    }

    private static Reliability of(ScoreLog log, long[] order, int from, int to) {
        double weights = 0;
        double predictions = 0;
        double labels = 0;
        for (int i = from; i < to; i++) {
            int at = (int) order[i];
            weights += log.weight(at);
            predictions += log.weight(at) * log.prediction(at);
            labels += log.weight(at) * log.label(at);
        }
        return new Reliability(to - from, predictions / weights, labels / weights);
    }
}
