package io.sluice.state.feature;

import java.util.Arrays;

/**
 * The numbers of one vector on their scale, by {@link NumberScaling#scale}: computed once, read by
 * the scale, the rows and the curves.
 *
 * <p>Scratch; not thread-safe.
 */
public final class ScaledNumbers {

    private int[] indexes = new int[16];
    private double[] logarithms = new double[16];
    private double[] zs = new double[16];
    private int size;

    /** How many numbers there are. */
    public int size() {
        return size;
    }

    /** Which number entry {@code i} is: its place in {@link FeatureSchema#numbers}. */
    public int index(int i) {
        return indexes[i];
    }

    /** Entry {@code i} on the scale, in [−3, 3]; NaN when it is unknown. */
    public double z(int i) {
        return zs[i];
    }

    /** Entry {@code i} before it was put on the scale; NaN when it is unknown. */
    double logarithm(int i) {
        return logarithms[i];
    }

    void clear() {
        size = 0;
    }

    void add(int index, double logarithm, double z) {
        if (size == zs.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            logarithms = Arrays.copyOf(logarithms, 2 * size);
            zs = Arrays.copyOf(zs, 2 * size);
        }
        indexes[size] = index;
        logarithms[size] = logarithm;
        zs[size++] = z;
    }
}
