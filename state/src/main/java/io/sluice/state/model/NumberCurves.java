package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.ScaledNumbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What numbers add to the log-odds by themselves: a piecewise linear curve for each, over the scale
 * of {@link NumberScaling}, as in a generalised additive model (Hastie and Tibshirani, Statistical
 * Science 1986, section 2).
 *
 * <p>{@code c(x) = Σ_n w_n[i]·(1 − f) + w_n[i + 1]·f} for a number between the knots i and i + 1, a
 * fraction f behind knot i; {@code c_n = w_n[unknown]} for one that is known to be unknown. Knots
 * stand every half deviation from −3 to 3. Weights start at 0 and learn by AdaGrad, one sum each.
 * Interactions with everything else are the factorisation machine's affair.
 *
 * <p>112 bytes a number; O(1) per number. Not thread-safe.
 */
public final class NumberCurves {

    private static final int KNOTS_PER_DEVIATION = 2;
    private static final int KNOTS = (int) (2 * NumberScaling.REACH * KNOTS_PER_DEVIATION) + 1;
    private static final int UNKNOWN = KNOTS;
    private static final int WIDTH = KNOTS + 1;

    private final float rate;
    private final float[] weights;
    private final float[] sums;

    /** Flat curves over this scale. */
    public NumberCurves(NumberScaling scaling, ModelConfig config) {
        this(scaling, (float) config.numberLearningRate(), (float) config.initialAccumulator());
    }

    private NumberCurves(NumberScaling scaling, float rate, float sum) {
        this.rate = rate;
        weights = new float[scaling.size() * WIDTH];
        sums = new float[weights.length];
        Arrays.fill(sums, sum);
    }

    /** Curves that are read and never learn. */
    public static NumberCurves served(NumberScaling scaling) {
        return new NumberCurves(scaling, 0, 1);
    }

    /** Bytes held. */
    public long bytes() {
        return 2L * Float.BYTES * weights.length;
    }

    /** Adds the curves of all numbers of a vector, one after the other, to a sum. */
    public double add(double sum, ScaledNumbers x) {
        double total = sum;
        for (int i = 0; i < x.size(); i++) {
            int from = x.index(i) * WIDTH;
            double at = place(x.z(i));
            if (Double.isNaN(at)) {
                total += weights[from + UNKNOWN];
            } else {
                int knot = Math.min(KNOTS - 2, (int) at);
                double fraction = at - knot;
                total +=
                        weights[from + knot] * (1 - fraction) + weights[from + knot + 1] * fraction;
            }
        }
        return total;
    }

    /**
     * One step of learning.
     *
     * @param x the numbers of the vector that was predicted
     * @param gradient of the loss with respect to the log-odds
     */
    public void learn(ScaledNumbers x, double gradient) {
        for (int i = 0; i < x.size(); i++) {
            int from = x.index(i) * WIDTH;
            double at = place(x.z(i));
            if (Double.isNaN(at)) {
                step(from + UNKNOWN, gradient);
            } else {
                int knot = Math.min(KNOTS - 2, (int) at);
                double fraction = at - knot;
                step(from + knot, gradient * (1 - fraction));
                step(from + knot + 1, gradient * fraction);
            }
        }
    }

    private void step(int weight, double gradient) {
        float g = (float) gradient;
        sums[weight] += g * g;
        weights[weight] -= rate * g / (float) Math.sqrt(sums[weight]);
    }

    /** Where a number stands on the axis of knots; NaN when it is unknown. */
    private static double place(double z) {
        return (z + NumberScaling.REACH) * KNOTS_PER_DEVIATION;
    }

    /** Writes what is served: int numbers, then their weights. */
    public void writeServed(DataOutput out) throws IOException {
        write(weights, out);
    }

    /** Replaces the weights by those that {@link #writeServed} wrote. */
    public void readServed(DataInput in) throws IOException {
        read(weights, "a weight", in);
    }

    /** Writes all state: weights and sums. */
    public void write(DataOutput out) throws IOException {
        write(weights, out);
        write(sums, out);
    }

    /** Replaces all state by what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        read(weights, "a weight", in);
        read(sums, "a sum", in);
    }

    private static void write(float[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static void read(float[] into, String what, DataInput in) throws IOException {
        int found = in.readInt();
        if (found != into.length) {
            throw new CorruptStateException(
                    "number curves: found %d values, expected %d".formatted(found, into.length));
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = CorruptStateException.finite(what, in.readFloat());
        }
    }
}
