package io.sluice.jobs.drift;

import java.util.SplittableRandom;

/**
 * Seeded draws that are the same on every platform: the strict functions, and nothing whose
 * algorithm the JDK leaves open. Not thread-safe.
 */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return random.nextDouble();
    }

    /** Uniform in 0 to {@code bound} − 1. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** Exponential with mean 1. */
    double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /** Standard normal (Box and Muller 1958), one of each pair. */
    double normal() {
        return Math.sqrt(2 * exponential()) * StrictMath.cos(2 * Math.PI * unit());
    }

    /** So many normal numbers of mean 0 and this deviation. */
    double[] normals(int count, double deviation) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = deviation * normal();
        }
        return numbers;
    }
}
