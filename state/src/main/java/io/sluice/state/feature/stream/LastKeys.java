package io.sluice.state.feature.stream;

/**
 * The last different keys, most recent first; a key that comes again moves to the front.
 *
 * <p>One word a key, 0 for none. O(size). A late fact counts as the most recent: times of keys are
 * not kept.
 *
 * @param size keys kept
 */
record LastKeys(int size) implements Aggregate {

    @Override
    public int words() {
        return size;
    }

    @Override
    public int args() {
        return 1;
    }

    @Override
    public void update(long[] record, int at, long time, long[] args, int from) {
        long key = args[from];
        int place = 0;
        while (place < size - 1 && record[at + place] != 0 && record[at + place] != key) {
            place++;
        }
        System.arraycopy(record, at, record, at + 1, place);
        record[at] = key;
    }

    /** Key {@code i}; 0 when there are not so many. */
    long key(int i, long[] record, int at) {
        return record[at + i];
    }

    @Override
    public void describe(long[] record, int at, long now, Figures out) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            kept += key(i, record, at) == 0 ? 0 : 1;
        }
        out.figure("kept", kept);
    }
}
