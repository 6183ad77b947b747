package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much an example is learnt.
 *
 * <p><b>By loss.</b> {@code w = e^{f/r} / m} with {@code f = min(l / μ, 1)}: an example as hard as
 * the mean loss μ or harder weighs most, easier ones less; r is the temperature, m the mean of
 * e^{f/r}, so that weights are 1 on average. That is LinUpper (Sow et al., "Dynamic Loss-Based
 * Sample Reweighting", ICLR 2025, as coded: h = 2(l − l_min)/(l_max − l_min) − 1, f = min(h + 1,
 * 1), softmax over the batch) for a stream, which has no batch: l_min is 0, l_max twice the mean,
 * and μ and m are running means over the last {@value #MEMORY} examples or so.
 *
 * <p><b>Long learned.</b> SparCL (NeurIPS 2022, section 3.2) drops examples that were never
 * misclassified over an epoch. A stream repeats no examples, but it repeats feature vectors: one
 * that was predicted right so many times in a row weighs 0 until it is predicted wrong. Streaks are
 * counted in {@value #SLOTS} bytes under a hash of the vector's keys, whatever its label; vectors
 * that share a slot share its streak.
 *
 * <p><b>By the size of gradients.</b> {@code w = √(v₀ / v)}, v the running mean of σ(z)(1 − σ(z)),
 * which is what the squared gradient of the log-odds is expected to be. AdaGrad's steps don't
 * depend on the scale of gradients, but what its sums start from and L2 do: where most labels are
 * foreseen, as where one of them is rare, gradients are small, and the caution that suits others
 * never ends. Weighing all gradients by w is the same as an initial accumulator times v/v₀ and an
 * L2 times √(v/v₀).
 *
 * <p>O(features). Not thread-safe.
 */
final class ExampleFocus {

    private static final int MEMORY = 10_000;
    private static final int SLOTS = 1 << 16;
    private static final int MOST = 255;

    /** That of a stream where one label in ten thousand is a surprise: nothing is scaled beyond. */
    private static final double LEAST_VARIANCE = 1e-4;

    private final double temperature;
    private final int streak;
    private final double rightError;
    private final double variance;
    private final byte[] streaks;
    private long examples;
    private double meanLoss;
    private double meanForce;
    private double meanVariance;

    /** A focus that has seen nothing. */
    ExampleFocus(FocusConfig config) {
        temperature = config.temperature();
        streak = config.learnedStreak();
        rightError = config.learnedError();
        variance = config.gradientVariance();
        streaks = new byte[streak > 0 ? SLOTS : 0];
    }

    /**
     * The weight of an example, which counts it.
     *
     * @param x its features
     * @param p the probability of label 1 that was predicted
     * @param label the outcome, 0 or 1
     * @return 0 for one that is not to be learnt
     */
    float weight(FeatureVector x, double p, double label) {
        boolean learned = streak > 0 && isLearned(x, Math.abs(p - label) <= rightError);
        double share = 1.0 / Math.min(MEMORY, ++examples);
        double weight = temperature > 0 ? byLoss(loss(p, label), share) : 1;
        weight *= knowsSize() ? bySize(p * (1 - p), share) : 1;
        return learned ? 0 : (float) weight;
    }

    /** Whether examples weigh by the size of gradients; what is written depends on it. */
    boolean knowsSize() {
        return variance > 0;
    }

    private boolean isLearned(FeatureVector x, boolean right) {
        long hash = x.size();
        for (int i = 0; i < x.size(); i++) {
            hash = Hashing.number(hash, x.key(i));
        }
        int slot = (int) hash & (SLOTS - 1);
        int before = streaks[slot] & 0xff;
        streaks[slot] = (byte) (right ? Math.min(MOST, before + 1) : 0);
        return right && before >= streak;
    }

    /** The logistic loss in nats, above 0, with the strict logarithm: learning depends on it. */
    private static double loss(double p, double label) {
        double right = label == 1 ? p : 1 - p;
        double floor = Activations.PROBABILITY_FLOOR;
        return -StrictMath.log(Math.max(floor, Math.min(1 - floor, right)));
    }

    private double bySize(double expected, double share) {
        meanVariance += (expected - meanVariance) * share;
        return StrictMath.sqrt(variance / Math.max(LEAST_VARIANCE, meanVariance));
    }

    private double byLoss(double loss, double share) {
        meanLoss += (loss - meanLoss) * share;
        double force = StrictMath.exp(Math.min(loss / meanLoss, 1) / temperature);
        meanForce += (force - meanForce) * share;
        return force / meanForce;
    }

    long bytes() {
        return streaks.length + 4L * Long.BYTES;
    }

    /** Writes the counter, means and streaks. */
    void write(DataOutput out) throws IOException {
        out.writeLong(examples);
        out.writeDouble(meanLoss);
        out.writeDouble(meanForce);
        if (knowsSize()) {
            out.writeDouble(meanVariance);
        }
        out.writeInt(streaks.length);
        out.write(streaks);
    }

    /** Replaces all state by what {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        examples = in.readLong();
        meanLoss = in.readDouble();
        meanForce = in.readDouble();
        meanVariance = knowsSize() ? in.readDouble() : 0;
        int found = in.readInt();
        if (found != streaks.length
                || examples < 0
                || !Double.isFinite(meanLoss)
                || !Double.isFinite(meanForce)
                || !Double.isFinite(meanVariance)) {
            throw new CorruptStateException(
                    "model state: found %d examples of mean loss %s, force %s, variance %s, %d streaks; expected finite numbers of 0 or more and %d streaks; set model.focus as it was or start without the old state"
                            .formatted(
                                    examples,
                                    meanLoss,
                                    meanForce,
                                    meanVariance,
                                    found,
                                    streaks.length));
        }
        in.readFully(streaks);
    }
}
