package io.sluice.state.feature;

import java.io.Serializable;
import java.util.Arrays;

/** How a number becomes one of finitely many buckets. */
public sealed interface Bucketing extends Serializable {

    /** The bucket of a finite number; any int, negative ones included. */
    int bucket(double number);

    /**
     * Logarithmic buckets, symmetric around 0: {@code sign(x) · ⌊steps · ln(1 + |x|)⌋}.
     *
     * @param steps buckets per factor e; positive
     */
    record Log(double steps) implements Bucketing {

        public Log {
            if (!(steps > 0 && steps <= 1000)) {
                throw new IllegalArgumentException(
                        "bucket.log must be within (0, 1000], found " + steps);
            }
        }

        @Override
        public int bucket(double number) {
            int magnitude = (int) (steps * Math.log1p(Math.abs(number)));
            // Small negatives must not share the bucket of small positives.
            return number < 0 ? -1 - magnitude : magnitude;
        }
    }

    /**
     * Buckets of equal width: {@code ⌊x / width⌋}, held within the range of an int.
     *
     * @param width positive
     */
    record Width(double width) implements Bucketing {

        public Width {
            if (!(width > 0) || !Double.isFinite(width)) {
                throw new IllegalArgumentException(
                        "bucket.width must be a positive number, found " + width);
            }
        }

        @Override
        public int bucket(double number) {
            return (int) Math.floor(number / width);
        }
    }

    /**
     * Buckets between given edges: the number of edges that are ≤ x.
     *
     * @param edges strictly increasing, at least one
     */
    @SuppressWarnings("ArrayRecordComponent") // equality by value is defined below
    record Edges(double[] edges) implements Bucketing {

        public Edges {
            edges = edges.clone();
            if (edges.length == 0) {
                throw new IllegalArgumentException("bucket.edges must not be empty");
            }
            for (int i = 0; i < edges.length; i++) {
                if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
                    throw new IllegalArgumentException(
                            "bucket.edges must be finite and strictly increasing, found "
                                    + Arrays.toString(edges));
                }
            }
        }

        @Override
        public double[] edges() {
            return edges.clone();
        }

        @Override
        public int bucket(double number) {
            int at = Arrays.binarySearch(edges, number);
            return at >= 0 ? at + 1 : -at - 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Edges that && Arrays.equals(edges, that.edges);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(edges);
        }

        @Override
        public String toString() {
            return "Edges" + Arrays.toString(edges);
        }
    }
}
