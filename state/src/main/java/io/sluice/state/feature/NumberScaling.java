package io.sluice.state.feature;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Puts raw numbers on a scale that it learns from the stream.
 *
 * <p>A number x goes through {@code t = sign(x) · ln(1 + |x|)}, which tames heavy tails, then
 * through {@code z = (t − μ) / σ} with mean and deviation of all t seen so far, clipped to ±3. What
 * z adds by itself is learnt as a curve ({@link io.sluice.state.model.NumberCurves}); for
 * interactions it becomes one row with the value {@value #SHARE}·z.
 *
 * <p>μ and σ are running moments (Welford, Technometrics 1962) that weigh the last {@value #MEMORY}
 * numbers or so; each t is held within ±4 σ of μ before it counts, so that one outlier cannot move
 * the scale. Before {@value #TRUSTED} numbers σ is 1.
 *
 * <p>36 bytes a number; O(1) per number. Not thread-safe; reading is, while nobody changes it.
 */
public final class NumberScaling {

    /** Half the width of the axis, in deviations. */
    public static final double REACH = 3;

    /** Weight of z among ids, whose values are 1. Chosen in state/DESIGN.md D20; 0.5 is as good. */
    private static final float SHARE = 0.3f;

    private static final double MEMORY = 100_000;
    private static final double TRUSTED = 10;
    private static final double OUTLIER = 4;
    private static final double SMALLEST_DEVIATION = 1e-6;

    private final long[] rows;
    private final int[] fields;
    private final double[] counts;
    private final double[] means;
    private final double[] squares;

    /** A scale that has seen nothing. */
    public NumberScaling(FeatureSchema schema) {
        List<String> names = schema.numbers();
        rows = new long[names.size()];
        fields = new int[rows.length];
        for (int number = 0; number < rows.length; number++) {
            rows[number] = RowKeys.of(Hashing.text(0, names.get(number)));
            fields[number] = schema.fieldOf(names.get(number));
        }
        counts = new double[rows.length];
        means = new double[rows.length];
        squares = new double[rows.length];
    }

    /** How many numbers there are. */
    public int size() {
        return rows.length;
    }

    /** Bytes held. */
    public long bytes() {
        return (long) rows.length * (3 * Double.BYTES + Long.BYTES + Integer.BYTES);
    }

    /** Replaces {@code out} by the numbers of a vector, put on the scale. */
    public void scale(FeatureVector in, ScaledNumbers out) {
        out.clear();
        for (int i = 0; i < in.numbers(); i++) {
            int number = in.numberIndex(i);
            double t = transform(in.number(i));
            double away = (t - means[number]) / deviation(number);
            out.add(number, t, Math.max(-REACH, Math.min(REACH, away)));
        }
    }

    /**
     * Replaces {@code out} by the rows of {@code in}, with the row of each known number at the
     * place where it was added.
     *
     * @param scaled the numbers of {@code in}
     * @param out another vector than {@code in}
     */
    public void expand(FeatureVector in, ScaledNumbers scaled, FeatureVector out) {
        out.clear();
        int next = 0;
        for (int i = 0; i < in.numbers(); i++) {
            for (; next < in.numberAt(i); next++) {
                out.add(in.key(next), in.value(next), in.field(next));
            }
            double z = scaled.z(i);
            if (!Double.isNaN(z)) {
                int number = scaled.index(i);
                out.add(rows[number], SHARE * (float) z, fields[number]);
            }
        }
        for (; next < in.size(); next++) {
            out.add(in.key(next), in.value(next), in.field(next));
        }
    }

    /** Lets the numbers of one example move the scale. */
    public void observe(ScaledNumbers scaled) {
        for (int i = 0; i < scaled.size(); i++) {
            double t = scaled.logarithm(i);
            if (!Double.isNaN(t)) {
                observe(scaled.index(i), t);
            }
        }
    }

    private void observe(int number, double t) {
        double mean = means[number];
        double held = t;
        if (counts[number] >= TRUSTED) {
            double reach = OUTLIER * deviation(number);
            held = Math.max(mean - reach, Math.min(mean + reach, t));
        }
        double count = Math.min(MEMORY, counts[number] + 1);
        counts[number] = count;
        double away = held - mean;
        means[number] = mean + away / count;
        double square = away * (held - means[number]);
        squares[number] += (square - squares[number]) / count;
    }

    private double deviation(int number) {
        return counts[number] < TRUSTED ? 1 : Math.sqrt(squares[number]) + SMALLEST_DEVIATION;
    }

    private static double transform(double value) {
        double size = StrictMath.log1p(Math.abs(value));
        return value < 0 ? -size : size;
    }

    /** Writes the moments: int numbers, then three doubles each. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(rows.length);
        for (int number = 0; number < rows.length; number++) {
            out.writeDouble(counts[number]);
            out.writeDouble(means[number]);
            out.writeDouble(squares[number]);
        }
    }

    /** Replaces the moments by those that {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        int found = in.readInt();
        if (found != rows.length) {
            throw new CorruptStateException(
                    "number scale: found %d numbers, expected %d".formatted(found, rows.length));
        }
        for (int number = 0; number < rows.length; number++) {
            counts[number] = moment(in, 0, MEMORY);
            means[number] = moment(in, -1000, 1000);
            squares[number] = moment(in, 0, 1e6);
        }
    }

    private static double moment(DataInput in, double min, double max) throws IOException {
        double found = in.readDouble();
        if (!(found >= min && found <= max)) {
            throw new CorruptStateException(
                    "number scale: found %s, expected a number within [%s, %s]"
                            .formatted(found, min, max));
        }
        return found;
    }
}
