package io.sluice.state.evaluate;

import java.util.Arrays;

/** What is known of the rows of a generated stream: probabilities and changes. Immutable. */
public final class Truth {

    private final float[] probabilities;
    private final float[] stale;
    private final int[] phases;

    private Truth(float[] probabilities, float[] stale, int[] phases) {
        this.probabilities = probabilities;
        this.stale = stale;
        this.phases = phases;
    }

    /** How many rows there are. */
    public int size() {
        return probabilities.length;
    }

    /** The probability of label 1. */
    public float probability(int row) {
        return probabilities[row];
    }

    /** The same to somebody who knows everything but the last change. */
    public float stale(int row) {
        return stale[row];
    }

    /** Whether the last change makes a difference. */
    public boolean isAffected(int row) {
        return probabilities[row] != stale[row];
    }

    /** Number of changes so far. */
    public int phase(int row) {
        return phases[row];
    }

    /** Takes rows in their order. Not thread-safe. */
    public static final class Builder {

        private float[] probabilities = new float[1024];
        private float[] stale = new float[1024];
        private int[] phases = new int[1024];
        private int size;

        /** Adds a row: two probabilities, and the number of changes so far. */
        public void add(float probability, float unaware, int phase) {
            if (size == phases.length) {
                probabilities = Arrays.copyOf(probabilities, 2 * size);
                stale = Arrays.copyOf(stale, 2 * size);
                phases = Arrays.copyOf(phases, 2 * size);
            }
            probabilities[size] = probability;
            stale[size] = unaware;
            phases[size++] = phase;
        }

        /** What was added. */
        public Truth build() {
            return new Truth(
                    Arrays.copyOf(probabilities, size),
                    Arrays.copyOf(stale, size),
                    Arrays.copyOf(phases, size));
        }
    }
}
