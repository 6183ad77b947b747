package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Decay;

/**
 * Sums that fade: {@code Sᵢ(t) = Σ_f aᵢ(f) · 2^(−(t − t_f) / h)}, several under one clock.
 *
 * <p>Words: time of the last fact, then the sums as of that time. O(sums); 8 + 8·sums bytes.
 *
 * @param sums how many
 * @param halfLifeMs h, milliseconds; infinite: plain sums
 */
record DecayedSums(int sums, double halfLifeMs) implements Aggregate {

    @Override
    public int words() {
        return 1 + sums;
    }

    @Override
    public int args() {
        return sums;
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
        for (int i = 0; i < sums; i++) {
            double sum = Double.longBitsToDouble(record[at + 1 + i]);
            double added = Double.longBitsToDouble(args[from + i]);
            record[at + 1 + i] = Double.doubleToRawLongBits(sum * fade + added * weight);
        }
    }

    /** Sum {@code i}, of which so much is left. */
    double sum(int i, long[] record, int at, double left) {
        return Double.longBitsToDouble(record[at + 1 + i]) * left;
    }

    @Override
    public void describe(long[] record, int at, long now, Figures out) {
        double left = left(record, at, now);
        if (sums == 1) {
            out.figure("count", sum(0, record, at, left));
        } else {
            out.figure("positives", sum(0, record, at, left));
            out.figure("facts", sum(1, record, at, left));
        }
    }
}
