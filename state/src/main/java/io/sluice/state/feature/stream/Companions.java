package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Decay;

/**
 * The keys that came together with this one most often, with decayed counts: a Space-Saving summary
 * (Metwally et al., ICDT 2005) under exponential decay. A key that finds no room replaces the one
 * with the least count and inherits it, so a count is too high by at most the least one.
 *
 * <p>Words: time, then key and count for each place. O(size); 8 + 16·size bytes.
 *
 * @param size keys kept
 * @param halfLifeMs milliseconds; infinite: plain counts
 */
record Companions(int size, double halfLifeMs) implements Aggregate {

    @Override
    public int words() {
        return 1 + 2 * size;
    }

    @Override
    public int args() {
        return 1;
    }

    @Override
    public void update(long[] record, int at, long time, long[] args, int from) {
        double weight = 1;
        if (time >= record[at]) {
            fade(record, at, Decay.factor(time - record[at], halfLifeMs));
            record[at] = time;
        } else {
            weight = Decay.factor(record[at] - time, halfLifeMs);
        }
        long key = args[from];
        int place = placeFor(record, at, key);
        double count = Double.longBitsToDouble(record[place + 1]);
        record[place] = key;
        record[place + 1] = Double.doubleToRawLongBits(count + weight);
    }

    private void fade(long[] record, int at, double factor) {
        if (factor == 1) {
            return;
        }
        for (int i = 0; i < size; i++) {
            int count = at + 2 + 2 * i;
            record[count] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(record[count]) * factor);
        }
    }

    /** The key's own place, else a free one, else that of the least count; the first of equals. */
    private int placeFor(long[] record, int at, long key) {
        int least = at + 1;
        for (int place = at + 1; place < at + words(); place += 2) {
            if (record[place] == key || record[place] == 0) {
                return place;
            }
            if (Double.longBitsToDouble(record[place + 1])
                    < Double.longBitsToDouble(record[least + 1])) {
                least = place;
            }
        }
        return least;
    }

    /** Count of a key, of which so much is left; 0 when it is not kept. */
    double count(long key, long[] record, int at, double left) {
        int end = at + words();
        for (int place = at + 1; place < end; place += 2) {
            if (record[place] == key) {
                return Double.longBitsToDouble(record[place + 1]) * left;
            }
        }
        return 0;
    }

    @Override
    public void describe(long[] record, int at, long now, Figures out) {
        int kept = 0;
        for (int place = at + 1; place < at + words(); place += 2) {
            kept += record[place] == 0 ? 0 : 1;
        }
        out.figure("kept", kept);
    }
}
