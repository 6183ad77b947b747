package io.sluice.state.drift;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * ADWIN: a window over the latest numbers, as long as no two parts of it differ in their means.
 *
 * <p>Every {@link AdwinConfig#every} numbers each place between two buckets is tried. With n₀ and
 * n₁ numbers before and behind it, n of them all, means μ₀ and μ₁, variance σ² of the whole window,
 * and numbers within [0, R], the parts differ where
 *
 * <pre>
 *   |μ₀ − μ₁| ≥ √(2/m · σ² · ln(2/δ′)) + 2R/(3m) · ln(2/δ′),   m = 1/(1/n₀ + 1/n₁),  δ′ = δ/ln n
 * </pre>
 *
 * <p>(Bernstein's inequality; equation 3.1 of the paper.) Then what is before the place that shows
 * it best goes, and again until no place is left. An alarm where the mean has risen; a fall only
 * shortens the window.
 *
 * <p>The window is an exponential histogram: buckets of 2ʳ numbers with sum and sum of squared
 * deviations, at most {@value #MOST} of each size, the two oldest merged beyond that. {@value
 * #ROWS} sizes, about 84 million numbers; what is older goes. O(1) for a number, O(buckets) for a
 * look at each place.
 *
 * <p>Bifet and Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007.
 * Deviations: the older part goes whole, where the authors drop bucket by bucket, so that the next
 * look does not find the rest of the same change; alarms of a rise only; parts of fewer than {@link
 * AdwinConfig#least} numbers are not compared, as in the authors' own code. Sums over the window
 * are taken anew at each look instead of being carried along, so that rounding does not gather.
 */
final class Adwin implements DriftDetector {

    /** M: most buckets of one size. */
    static final int MOST = 5;

    /** Sizes of buckets. */
    static final int ROWS = 24;

    private static final int PLACES = MOST + 1;

    /** Sums and squared deviations of all places, their counts, and three numbers. */
    static final long BYTES = ROWS * (2L * PLACES * Double.BYTES + Integer.BYTES) + 24;

    private final double delta;
    private final double range;
    private final int every;
    private final int least;

    /** Of each row the oldest bucket first. */
    private final double[] sums = new double[ROWS * PLACES];

    private final double[] deviations = new double[ROWS * PLACES];
    private final int[] counts = new int[ROWS];
    private long ticks;
    private double before;
    private double after;

    // -- scratch: what the last look found of the whole window
    private long size;
    private double total;
    private double deviation;
    private long older;
    private double meanOfOlder;
    private double meanOfNewer;

    /**
     * An empty window.
     *
     * @param delta δ, (0, 1)
     * @param range R: numbers are within [0, R]
     */
    Adwin(AdwinConfig config, double delta, double range) {
        this.delta = delta;
        this.range = range;
        every = config.every();
        least = config.least();
    }

    @Override
    public boolean add(double value) {
        push(0, value, 0);
        return ++ticks % every == 0 && shrink();
    }

    private void push(int first, double sum, double squares) {
        int row = first;
        double carried = sum;
        double spread = squares;
        while (true) {
            int at = row * PLACES + counts[row]++;
            sums[at] = carried;
            deviations[at] = spread;
            if (counts[row] <= MOST) {
                return;
            }
            int oldest = row * PLACES;
            long numbers = 1L << row;
            double apart = (sums[oldest] - sums[oldest + 1]) / numbers;
            carried = sums[oldest] + sums[oldest + 1];
            spread = deviations[oldest] + deviations[oldest + 1] + numbers * apart * apart / 2;
            remove(row, 2);
            if (++row == ROWS) {
                // The window has reached its length: what is oldest goes.
                return;
            }
        }
    }

    private void remove(int row, int buckets) {
        int from = row * PLACES;
        counts[row] -= buckets;
        System.arraycopy(sums, from + buckets, sums, from, counts[row]);
        System.arraycopy(deviations, from + buckets, deviations, from, counts[row]);
        Arrays.fill(sums, from + counts[row], from + PLACES, 0);
        Arrays.fill(deviations, from + counts[row], from + PLACES, 0);
    }

    /** Drops what is older while two parts differ. */
    private boolean shrink() {
        if (!differs()) {
            return false;
        }
        double old = meanOfOlder;
        double recent = meanOfNewer;
        do {
            for (long gone = 0; gone < older; ) {
                int row = oldestRow();
                gone += 1L << row;
                remove(row, 1);
            }
        } while (differs());
        if (recent <= old) {
            return false;
        }
        before = old;
        after = recent;
        return true;
    }

    private int oldestRow() {
        int row = ROWS - 1;
        while (counts[row] == 0) {
            row--;
        }
        return row;
    }

    private void measure() {
        size = 0;
        total = 0;
        deviation = 0;
        for (int row = ROWS - 1; row >= 0; row--) {
            long numbers = 1L << row;
            for (int i = 0; i < counts[row]; i++) {
                double sum = sums[row * PLACES + i];
                double apart = size == 0 ? 0 : total / size - sum / numbers;
                deviation += deviations[row * PLACES + i];
                deviation += apart * apart * size * numbers / (size + numbers);
                size += numbers;
                total += sum;
            }
        }
    }

    /** Whether two parts differ; then their means are those of the place that shows it best. */
    private boolean differs() {
        measure();
        double confidence = StrictMath.log(2 * Math.max(1, StrictMath.log((double) size)) / delta);
        double variance = deviation / size;
        double most = 0;
        boolean found = false;
        long counted = 0;
        double sum = 0;
        for (int row = ROWS - 1; row >= 0; row--) {
            for (int i = 0; i < counts[row]; i++) {
                counted += 1L << row;
                sum += sums[row * PLACES + i];
                long newer = size - counted;
                if (counted < least || newer < least) {
                    continue;
                }
                double inverse = 1.0 / counted + 1.0 / newer;
                double bound =
                        Math.sqrt(2 * inverse * variance * confidence)
                                + 2 * range / 3 * inverse * confidence;
                double ofNewer = (total - sum) / newer;
                double beyond = Math.abs(sum / counted - ofNewer) - bound;
                if (beyond >= most) {
                    found = true;
                    most = beyond;
                    older = counted;
                    meanOfOlder = sum / counted;
                    meanOfNewer = ofNewer;
                }
            }
        }
        return found;
    }

    /** Numbers in the window. */
    long size() {
        measure();
        return size;
    }

    /** Mean of the numbers in the window. */
    double mean() {
        measure();
        return total / size;
    }

    /** Variance of the numbers in the window. */
    double variance() {
        measure();
        return deviation / size;
    }

    @Override
    public double before() {
        return before;
    }

    @Override
    public double after() {
        return after;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(ticks);
        out.writeDouble(before);
        out.writeDouble(after);
        for (int row = 0; row < ROWS; row++) {
            out.writeByte(counts[row]);
            for (int i = 0; i < counts[row]; i++) {
                out.writeDouble(sums[row * PLACES + i]);
                out.writeDouble(deviations[row * PLACES + i]);
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        ticks = in.readLong();
        before = within(in.readDouble(), range);
        after = within(in.readDouble(), range);
        Arrays.fill(sums, 0);
        Arrays.fill(deviations, 0);
        for (int row = 0; row < ROWS; row++) {
            counts[row] = in.readByte();
            if (ticks < 0 || counts[row] < 0 || counts[row] > MOST) {
                throw new CorruptStateException(
                        "ADWIN: found %d buckets of 2^%d numbers after %d, expected 0 to %d"
                                .formatted(counts[row], row, ticks, MOST));
            }
            double numbers = 1L << row;
            for (int i = 0; i < counts[row]; i++) {
                sums[row * PLACES + i] = within(in.readDouble(), range * numbers);
                deviations[row * PLACES + i] = within(in.readDouble(), range * range * numbers);
            }
        }
    }

    private static double within(double value, double most) throws CorruptStateException {
        // A hair above is what rounding makes of a sum.
        if (!(value >= 0 && value <= most * (1 + 1e-9))) {
            throw new CorruptStateException(
                    "ADWIN: found %s, expected a number from 0 to %s".formatted(value, most));
        }
        return value;
    }
}
