package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Decay;

/**
 * The keys that came together with this one most often, with decayed counts. A key that finds no
 * room replaces the one with the least count, of equals the one that has been kept longest, and
 * begins at nothing. So a count is never too high, and too low by what came before a key was
 * replaced; those that come again within {@code size} new ones are exact.
 *
 * <p>Unlike in Space-Saving (Metwally et al., ICDT 2005) nothing is inherited: there, a key that
 * came once looks like one that came as often as the least, which is most of what a reader asks for
 * where most keys come once.
 *
 * <p>Words: time, then key and count for each place, in the order in which keys came. O(size); 8 +
 * 16·size bytes.
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
        int place = placeFor(record, at, args[from]);
        double count = Double.longBitsToDouble(record[place + 1]);
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

    /** The key's own place, else a new one without count, behind all others. */
    private int placeFor(long[] record, int at, long key) {
        int end = at + words();
        int least = at + 1;
        for (int place = at + 1; place < end; place += 2) {
            if (record[place] == key) {
                return place;
            }
            if (record[place] == 0) {
                record[place] = key;
                return place;
            }
            if (Double.longBitsToDouble(record[place + 1])
                    < Double.longBitsToDouble(record[least + 1])) {
                least = place;
            }
        }
        System.arraycopy(record, least + 2, record, least, end - least - 2);
        record[end - 2] = key;
        record[end - 1] = 0;
        return end - 2;
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
