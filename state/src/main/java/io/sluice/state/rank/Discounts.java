package io.sluice.state.rank;

/**
 * What a place is worth by each measure, for telescoping: a positive that outlives a pool of m has
 * gained {@code worth(m − 1) − worth(m)}, and the sum over all pools it outlives, added to
 * worth(n), is the measure of its final place.
 */
public enum Discounts {
    /** 1/rank. */
    MRR {
        @Override
        public double worth(int rank) {
            return 1.0 / rank;
        }
    },
    /** 1/log₂(rank + 1). */
    NDCG {
        @Override
        public double worth(int rank) {
            return rank < TABLE.length ? TABLE[rank] : 1 / log2(rank + 1.0);
        }
    },
    /** 1 among the first 10. */
    HIT {
        @Override
        public double worth(int rank) {
            return rank <= 10 ? 1 : 0;
        }
    };

    private static final double[] TABLE = table();

    private static double[] table() {
        double[] table = new double[1025];
        for (int rank = 1; rank < table.length; rank++) {
            table[rank] = 1 / log2(rank + 1.0);
        }
        return table;
    }

    private static double log2(double x) {
        return StrictMath.log(x) / StrictMath.log(2);
    }

    /** The worth of a place. */
    public abstract double worth(int rank);

    /** NDCG of the first 10 of an order; NaN when nothing was taken. */
    public static double ndcgAt10(int[] order, float[] labels) {
        double gain = 0;
        double ideal = 0;
        int positives = 0;
        for (int p = 0; p < order.length; p++) {
            if (labels[order[p]] > 0.5f) {
                gain += p < 10 ? NDCG.worth(p + 1) : 0;
                positives++;
                ideal += positives <= 10 ? NDCG.worth(positives) : 0;
            }
        }
        return gain / ideal;
    }
}
