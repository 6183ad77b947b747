package io.sluice.state.feature.stream;

/**
 * Facts in the current eighth of a window and the seven before: between 7/8 and the whole of it.
 *
 * <p>Words: number of the newest eighth, then a ring of eight counts, two to a word. 40 bytes,
 * O(1). A late fact counts in its own eighth while that is in the ring.
 *
 * @param windowMs the window, milliseconds, at least 8
 */
record WindowedCount(long windowMs) implements Aggregate {

    private static final int PARTS = 8;

    @Override
    public int words() {
        return 1 + PARTS / 2;
    }

    @Override
    public int args() {
        return 0;
    }

    @Override
    public void update(long[] record, int at, long time, long[] args, int from) {
        long part = part(time);
        long newest = record[at];
        for (long each = Math.max(newest + 1, part - PARTS + 1); each <= part; each++) {
            set(record, at, each, 0);
        }
        record[at] = Math.max(newest, part);
        if (part > record[at] - PARTS) {
            set(record, at, part, get(record, at, part) + 1);
        }
    }

    /** The count as of a time. */
    double count(long[] record, int at, long now) {
        long newest = record[at];
        double sum = 0;
        for (long each = Math.max(newest, part(now)) - PARTS + 1; each <= newest; each++) {
            sum += get(record, at, each);
        }
        return sum;
    }

    private long part(long time) {
        return Math.floorDiv(time, Math.max(1, windowMs / PARTS));
    }

    private static int get(long[] record, int at, long part) {
        int place = (int) Math.floorMod(part, (long) PARTS);
        return (int) (record[at + 1 + place / 2] >>> (32 * (place & 1)));
    }

    private static void set(long[] record, int at, long part, int count) {
        int place = (int) Math.floorMod(part, (long) PARTS);
        int shift = 32 * (place & 1);
        int word = at + 1 + place / 2;
        record[word] = (record[word] & ~(0xffffffffL << shift)) | ((count & 0xffffffffL) << shift);
    }

    @Override
    public void describe(long[] record, int at, long now, Figures out) {
        out.figure("count", count(record, at, now));
    }
}
