package io.sluice.planted.state.kernel;

/** Plain Java and a word of its neighbours. */
public final class LawfulKernel {
    private LawfulKernel() {}

    /** The mean of some values. */
    public static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / Math.max(1, values.length);
    }
}
