package io.sluice.state.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All judged predictions of a run, in order: what any part of it is scored from afterwards, when it
 * is known how long the run was.
 *
 * <p>20 bytes an example. Not thread-safe.
 */
public final class ScoreLog {

    private float[] predictions = new float[1024];
    private float[] labels = new float[1024];
    private float[] weights = new float[1024];
    private long[] times = new long[1024];
    private int size;

    /** Adds a prediction in [0, 1], a label of 0 or 1, a positive weight, epoch milliseconds. */
    public void add(float prediction, float label, float weight, long time) {
        if (size == predictions.length) {
            int capacity = 2 * size;
            predictions = Arrays.copyOf(predictions, capacity);
            labels = Arrays.copyOf(labels, capacity);
            weights = Arrays.copyOf(weights, capacity);
            times = Arrays.copyOf(times, capacity);
        }
        predictions[size] = prediction;
        labels[size] = label;
        weights[size] = weight;
        times[size++] = time;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The prediction of example {@code i}. */
    public float prediction(int i) {
        return predictions[i];
    }

    /** The label of example {@code i}. */
    public float label(int i) {
        return labels[i];
    }

    /** How many examples of the stream example {@code i} stands for. */
    public float weight(int i) {
        return weights[i];
    }

    /** When the label of example {@code i} became known, epoch milliseconds. */
    public long time(int i) {
        return times[i];
    }

    /** The figures of examples {@code from} (included) to {@code to} (excluded). */
    public Summary summary(int from, int to) {
        ProgressiveScore score = new ProgressiveScore();
        for (int i = from; i < to; i++) {
            score.add(predictions[i], labels[i], weights[i]);
        }
        return score.summary();
    }

    /** The figures of all. */
    public Summary overall() {
        return summary(0, size);
    }

    /** The figures of the last fifth: examples from ⌊0.8 n⌋ on. */
    public Summary last20() {
        return summary(lastFifth(size), size);
    }

    /** Cuts the run into windows of {@code length} examples; the last one may be shorter. */
    public List<ScoreWindow> windows(int length) {
        List<ScoreWindow> windows = new ArrayList<>();
        int to;
        for (int from = 0; from < size; from = to) {
            to = (int) Math.min(size, (long) from + length);
            windows.add(
                    new ScoreWindow(
                            windows.size(),
                            from,
                            to - 1,
                            times[from],
                            times[to - 1],
                            summary(from, to)));
        }
        return windows;
    }

    /** Index of the first of {@code count} that belongs to the last 20 %: ⌊0.8 · count⌋. */
    public static int lastFifth(int count) {
        // In integers, since 0.8 is no double.
        return (int) (4L * count / 5);
    }
}
