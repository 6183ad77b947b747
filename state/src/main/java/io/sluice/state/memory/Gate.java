package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Activations;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Learns how far memory is to be trusted, from its own progressive loss.
 *
 * <p>Three experts predict: the model alone, {@code p₀ = σ(z)}; all voices with common weights,
 * {@code p₁ = σ(z + clip(Σ aᵥdᵥ))}; and with the segment's weights, p₂ likewise. Clipped to ±limit.
 * The answer is their mixture {@code Σ wᵢpᵢ} by the segment's own trust w. With each label y trust
 * becomes {@code wᵢ ∝ wᵢ · pᵢ(y)} and a share of it returns to what it began with (Herbster and
 * Warmuth 1998; logarithmic loss is mixable with rate 1, so this is Bayes' rule). Hence over any
 * stream of T labels, known before the next prediction, the answer loses at most
 *
 * <pre>  S · ln(1 / (1 − trust)) − T · ln(1 − share) + T · c · (e^limit − 1)  nats  </pre>
 *
 * <p>more than the model alone, for S segments. The last term is for the shut gate: where trust in
 * the model is above 1 − c, c = 2⁻¹², the answer is the model's own, bit for bit, and what the
 * mixture would have gained is missed. It needs an adversary who turns at every example; the first
 * two are 5.5 nats and 10⁻⁶ an example with trust ½, share 10⁻⁶ and all 8 segments in use. The
 * weights of the voices are learnt by AdaGrad on the loss of the expert's own prediction, within
 * [0, 1.2]. Labels that come later make trust move later, so the bound then holds for the
 * predictions as they would have been made with all labels before.
 *
 * <p>A segment says which of the first three keys are known, so that thin and thick evidence are
 * judged apart. 24 + 18V doubles for V voices. Not thread-safe.
 */
final class Gate {

    /** Most that a voice counts. */
    static final double HEAVIEST = 1.2;

    static final int SEGMENT_KEYS = 3;
    private static final int SEGMENTS = 1 << SEGMENT_KEYS;
    private static final int EXPERTS = 3;
    private static final double CLOSED = 1 - 0x1p-12;
    private static final double FIRST_SUM = 1e-2;

    private final int voices;
    private final double limit;
    private final double rate;
    private final double share;
    private final double[] prior;
    private final double[] trust;
    private final double[] weights;
    private final double[] sums;

    /**
     * A gate that has seen nothing.
     *
     * @param voices V
     * @param limit most that the voices together move log-odds
     */
    Gate(int voices, double limit, GateConfig config) {
        this.voices = voices;
        this.limit = limit;
        rate = config.learningRate();
        share = config.share();
        prior = new double[] {1 - config.trust(), config.trust() / 2, config.trust() / 2};
        trust = new double[SEGMENTS * EXPERTS];
        for (int i = 0; i < trust.length; i++) {
            trust[i] = prior[i % EXPERTS];
        }
        weights = new double[(1 + SEGMENTS) * voices];
        sums = new double[weights.length];
        Arrays.fill(weights, config.start());
        Arrays.fill(sums, FIRST_SUM);
    }

    /** The corrected probability. */
    double mix(MemoryReading reading, int segment) {
        int at = segment * EXPERTS;
        double base = reading.base();
        if (trust[at] > CLOSED) {
            return base;
        }
        double common = expert(reading, 0);
        double own = expert(reading, 1 + segment);
        return trust[at] * base + trust[at + 1] * common + trust[at + 2] * own;
    }

    private double expert(MemoryReading reading, int set) {
        double sum = 0;
        for (int v = 0; v < voices; v++) {
            sum += weights[set * voices + v] * reading.correction(v);
        }
        return corrected(reading, sum);
    }

    /** The model's probability, corrected by so many log-odds, clipped to ±limit. */
    double corrected(MemoryReading reading, double by) {
        return Activations.sigmoid(reading.baseLogit() + Math.max(-limit, Math.min(limit, by)));
    }

    /**
     * What neighbouring voices have said together, as far as they were trusted, in log-odds.
     *
     * @param many how many voices make one part
     * @param into takes the parts
     * @return the sum of all parts
     */
    double parts(MemoryReading reading, int segment, int many, double[] into) {
        double all = 0;
        for (int part = 0; part < into.length; part++) {
            double sum = 0;
            for (int v = part * many; v < (part + 1) * many; v++) {
                sum += weight(v, segment) * reading.correction(v);
            }
            into[part] = sum;
            all += sum;
        }
        return all;
    }

    /** Judges the experts by a label, and learns the weights. */
    void learn(MemoryReading reading, int segment, double label, double weight) {
        double common = expert(reading, 0);
        double own = expert(reading, 1 + segment);
        int at = segment * EXPERTS;
        trust[at] *= likelihood(reading.base(), label, weight);
        trust[at + 1] *= likelihood(common, label, weight);
        trust[at + 2] *= likelihood(own, label, weight);
        double total = trust[at] + trust[at + 1] + trust[at + 2];
        for (int i = 0; i < EXPERTS; i++) {
            double posterior = trust[at + i] / total;
            trust[at + i] = (1 - share) * posterior + share * prior[i];
        }
        step(reading, 0, (common - label) * weight);
        step(reading, 1 + segment, (own - label) * weight);
    }

    private static double likelihood(double p, double label, double weight) {
        double floor = Activations.PROBABILITY_FLOOR;
        double clipped = Math.max(floor, Math.min(1 - floor, p));
        double likelihood = label > 0 ? clipped : 1 - clipped;
        return weight == 1 ? likelihood : StrictMath.pow(likelihood, weight);
    }

    private void step(MemoryReading reading, int set, double residual) {
        for (int v = 0; v < voices; v++) {
            float said = reading.correction(v);
            if (said != 0) {
                int i = set * voices + v;
                double gradient = residual * said;
                sums[i] += gradient * gradient;
                double next = weights[i] - rate * gradient / Math.sqrt(sums[i]);
                weights[i] = Math.max(0, Math.min(HEAVIEST, next));
            }
        }
    }

    /** What a voice counts for in a segment: the weights of both experts by their trust. */
    double weight(int voice, int segment) {
        int at = segment * EXPERTS;
        return trust[at] > CLOSED
                ? 0
                : trust[at + 1] * weights[voice]
                        + trust[at + 2] * weights[(1 + segment) * voices + voice];
    }

    /** Trust in the model alone, [0, 1]. */
    double trustInModel(int segment) {
        return trust[segment * EXPERTS];
    }

    /** Bytes of a gate over so many voices. */
    static long bytes(int voices) {
        return Double.BYTES * (EXPERTS * SEGMENTS + 2L * (1 + SEGMENTS) * voices);
    }

    /** Writes what a reading depends on. */
    void writeServed(DataOutput out) throws IOException {
        write(trust, out);
        write(weights, out);
    }

    void readServed(DataInput in) throws IOException {
        read(trust, 1, in);
        read(weights, HEAVIEST, in);
    }

    void write(DataOutput out) throws IOException {
        writeServed(out);
        write(sums, out);
    }

    void read(DataInput in) throws IOException {
        readServed(in);
        read(sums, Double.MAX_VALUE, in);
    }

    private static void write(double[] values, DataOutput out) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void read(double[] values, double most, DataInput in) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
            // A hair above 1 is what rounding makes of a sum of parts.
            if (!(values[i] >= 0 && values[i] <= most + 1e-9)) {
                throw new CorruptStateException(
                        "memory gate: found %s, expected a number from 0 to %s"
                                .formatted(values[i], most));
            }
        }
    }
}
