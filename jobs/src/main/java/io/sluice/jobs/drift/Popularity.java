package io.sluice.jobs.drift;

import java.util.Arrays;

/** Draws numbers 0 to n − 1 by Zipf's law: number i with weight (i + 1)^−exponent. Immutable. */
final class Popularity {

    private final double[] upTo;

    Popularity(int n, double exponent) {
        upTo = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += StrictMath.pow(i + 1.0, -exponent);
            upTo[i] = sum;
        }
    }

    /** The number that {@code unit}, in [0, 1), stands for. */
    int of(double unit) {
        int at = Arrays.binarySearch(upTo, unit * upTo[upTo.length - 1]);
        return Math.min(upTo.length - 1, at < 0 ? -at - 1 : at + 1);
    }
}
