package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Decay;

/**
 * Decayed mean and variance of a number.
 *
 * <p>Words: time, weight n, mean, sum of squared deviations; updated by West's form of Welford's
 * algorithm (Comm. ACM 22, 1979) with weights {@code 2^(−Δ/h)}. 32 bytes, O(1).
 *
 * @param halfLifeMs h, milliseconds; infinite: the plain mean
 */
record RunningMean(double halfLifeMs) implements Aggregate {

    @Override
    public int words() {
        return 4;
    }

    @Override
    public int args() {
        return 1;
    }

    @Override
    public void update(long[] record, int at, long time, long[] args, int from) {
        long last = record[at];
        double fade = 1;
        double weight = 1;
        if (time >= last) {
            fade = Decay.factor(time - last, halfLifeMs);
            record[at] = time;
        } else {
            weight = Decay.factor(last - time, halfLifeMs);
        }
        double x = Double.longBitsToDouble(args[from]);
        double mean = mean(record, at);
        double n = Double.longBitsToDouble(record[at + 1]) * fade + weight;
        double away = x - mean;
        double moved = mean + (n > 0 ? away * weight / n : 0);
        double squares = Double.longBitsToDouble(record[at + 3]) * fade;
        record[at + 1] = Double.doubleToRawLongBits(n);
        record[at + 2] = Double.doubleToRawLongBits(moved);
        record[at + 3] = Double.doubleToRawLongBits(squares + weight * away * (x - moved));
    }

    /** Weight of the facts, of which so much is left; 0 when there are none. */
    double weight(long[] record, int at, double left) {
        return Double.longBitsToDouble(record[at + 1]) * left;
    }

    /** The mean; 0 when there are no facts. */
    double mean(long[] record, int at) {
        return Double.longBitsToDouble(record[at + 2]);
    }

    /** The variance; 0 when there are no facts. */
    double variance(long[] record, int at) {
        double n = Double.longBitsToDouble(record[at + 1]);
        return n > 0 ? Math.max(0, Double.longBitsToDouble(record[at + 3]) / n) : 0;
    }

    @Override
    public void describe(long[] record, int at, long now, Figures out) {
        out.figure("weight", weight(record, at, left(record, at, now)));
        out.figure("mean", mean(record, at));
        out.figure("variance", variance(record, at));
    }
}
