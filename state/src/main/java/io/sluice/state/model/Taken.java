package io.sluice.state.model;

/**
 * A step that was taken and proved wrong.
 *
 * <p>A factorisation machine's gradient by an embedding goes along the sum of all of them, Σᵢ vᵢxᵢ,
 * and the step changes that sum, by half of itself where rows are young. A pair of steps of
 * opposite signs, each along the sum that it finds, would leave embeddings smaller than they were.
 * So what is taken back goes along the sum as it was.
 *
 * <p>Immutable if nobody writes to the sums.
 */
public final class Taken {

    private final double gradient;
    private final float[] sums;

    /**
     * A step.
     *
     * @param gradient of the loss by the log-odds, 0 or more
     * @param sums Σᵢ vᵢxᵢ just before it ({@link OnlineModel#representation}), without the rows
     *     that it claimed; null where nobody knows, then they are taken as they are now
     */
    public Taken(double gradient, float[] sums) {
        this.gradient = gradient;
        this.sums = sums;
    }

    /** The gradient of the loss by the log-odds. */
    public double gradient() {
        return gradient;
    }

    /** Σᵢ vᵢxᵢ just before the step; null where nobody knows. Not to be written. */
    public float[] sums() {
        return sums;
    }

    /**
     * The share of a step that takes this one back.
     *
     * @param whole gradient of that step, this one's taken from a label's own, which is 0 or less
     */
    float share(double whole) {
        return whole == 0 ? 0 : (float) (-gradient / whole);
    }
}
