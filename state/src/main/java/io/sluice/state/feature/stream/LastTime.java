package io.sluice.state.feature.stream;

/** When the latest fact was. One word: its time plus one, 0 for never. */
record LastTime() implements Aggregate {

    @Override
    public int words() {
        return 1;
    }

    @Override
    public int args() {
        return 0;
    }

    @Override
    public void update(long[] record, int at, long time, long[] args, int from) {
        record[at] = Math.max(record[at], time + 1);
    }

    /** Whether there was a fact. */
    boolean any(long[] record, int at) {
        return record[at] != 0;
    }

    /** The time of the latest fact, when there was one. */
    long time(long[] record, int at) {
        return record[at] - 1;
    }

    @Override
    public void describe(long[] record, int at, long now, Figures out) {
        if (any(record, at)) {
            out.figure("lastTime", (double) time(record, at));
        }
    }
}
