package io.sluice.state.memory;

import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.ReadAhead;
import java.util.Arrays;

/**
 * What a memory said of one prediction, and what became of it: filled by {@link ErrorMemory#read},
 * kept until the label is known, given back to {@link ErrorMemory#write}.
 *
 * <p>Growable and reusable; not thread-safe.
 */
public final class MemoryReading {

    private static final double LEAST = Activations.PROBABILITY_FLOOR;

    private float[] corrections = {};
    private float[] evidence = {};
    private int voices;
    private double baseLogit;
    private double base;
    private double probability;

    // -- scratch of memories that hash
    private float[] scratch = {};
    private float[] vector = {};
    private int[] codes = {};
    private boolean hashed;

    // -- scratch of memories that have keys
    private final SharedReading shared;
    private final ReadAhead ahead = new ReadAhead();
    private long[] keys = {};
    private int[] cells = {};
    private boolean asked;
    private boolean keyed;

    /** Of nothing yet, by itself. */
    public MemoryReading() {
        this(new SharedReading());
    }

    /**
     * Of nothing yet.
     *
     * @param shared what it has in common with other readings
     */
    public MemoryReading(SharedReading shared) {
        this.shared = shared;
    }

    /** Begins anew: the model's own prediction, and silent voices. */
    public void begin(int count, double logit, double baseProbability) {
        if (corrections.length < count) {
            corrections = new float[count];
            evidence = new float[count];
        }
        Arrays.fill(corrections, 0, count, 0);
        Arrays.fill(evidence, 0, count, 0);
        voices = count;
        hashed = false;
        keyed = false;
        baseLogit = logit;
        base = baseProbability;
        probability = baseProbability;
    }

    /**
     * Begins anew with a prediction that was made before: as {@link #begin}, from a probability.
     */
    public void restore(int count, double baseProbability) {
        double p = Math.max(LEAST, Math.min(1 - LEAST, baseProbability));
        begin(count, count == 0 ? Double.NaN : StrictMath.log(p / (1 - p)), baseProbability);
    }

    /** Sets what voice {@code i} says, in the memory's own unit, and from how much evidence. */
    public void say(int i, float correction, float howMuch) {
        corrections[i] = correction;
        evidence[i] = howMuch;
    }

    /** Sets the corrected prediction, within [0, 1]. */
    public void conclude(double corrected) {
        probability = corrected;
    }

    /** Room for so many numbers; what stood there may stand there still. */
    float[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new float[size];
        }
        return scratch;
    }

    /** Room for a vector; as {@link #scratch}, but not the same. */
    float[] vector(int size) {
        if (vector.length < size) {
            vector = new float[size];
        }
        return vector;
    }

    /** Room for so many hashes; as {@link #scratch}. */
    int[] codes(int size) {
        if (codes.length < size) {
            codes = new int[size];
        }
        return codes;
    }

    /** Room for so many keys; as {@link #scratch}. */
    long[] keys(int size) {
        if (keys.length < size) {
            keys = new long[size];
        }
        return keys;
    }

    /** Room for so many cells; as {@link #scratch}. */
    int[] cells(int size) {
        if (cells.length < size) {
            cells = new int[size];
        }
        return cells;
    }

    /** What this reading has in common with others. */
    SharedReading shared() {
        return shared;
    }

    /** Takes words that the reading will need. */
    ReadAhead ahead() {
        return ahead;
    }

    /** Whether {@link #keys} and {@link #cells} are of the example that is read next. */
    boolean isAsked() {
        return asked;
    }

    void isAsked(boolean is) {
        asked = is;
    }

    /** Whether {@link #keys} are those of the example that this reading is about. */
    boolean isKeyed() {
        return keyed;
    }

    void isKeyed(boolean is) {
        keyed = is;
    }

    /** Whether {@link #codes} are those of the example that this reading is about. */
    boolean isHashed() {
        return hashed;
    }

    void isHashed(boolean are) {
        hashed = are;
    }

    /** How many voices there are. */
    public int voices() {
        return voices;
    }

    /** What voice {@code i} says. */
    public float correction(int i) {
        return corrections[i];
    }

    /**
     * From how much evidence; 0 where there is none, and where it was not kept with a prediction.
     */
    public float evidence(int i) {
        return evidence[i];
    }

    /** The model's own log-odds; NaN for a restored prediction without voices. */
    public double baseLogit() {
        return baseLogit;
    }

    /** The model's own probability. */
    public double base() {
        return base;
    }

    /** The corrected probability. */
    public double probability() {
        return probability;
    }
}
