package io.sluice.state.rank;

/**
 * The order in which candidates fell, and what their scores were made of at that moment. Scratch;
 * not thread-safe.
 */
public final class FallLog {

    private static final int INTS = 4;
    private static final int FLOATS = 6;

    private int size;
    private int[] ints = {}; // candidate, round, pool size, against
    private float[] floats = {}; // margin, score, relevance, crowding, group, exploration

    void begin(int candidates) {
        size = 0;
        if (ints.length < INTS * candidates) {
            int room = Math.max(candidates, 2 * ints.length / INTS);
            ints = new int[INTS * room];
            floats = new float[FLOATS * room];
        }
    }

    void add(
            int candidate,
            int round,
            int poolSize,
            int against,
            float margin,
            float score,
            float relevance,
            float crowding,
            float group,
            float exploration) {
        int at = INTS * size;
        ints[at] = candidate;
        ints[at + 1] = round;
        ints[at + 2] = poolSize;
        ints[at + 3] = against;
        at = FLOATS * size;
        floats[at] = margin;
        floats[at + 1] = score;
        floats[at + 2] = relevance;
        floats[at + 3] = crowding;
        floats[at + 4] = group;
        floats[at + 5] = exploration;
        size++;
    }

    /** How many fell; the best one counts, though it never did. */
    public int size() {
        return size;
    }

    /** Which candidate was the i-th to fall. */
    public int candidate(int i) {
        return ints[INTS * i];
    }

    /** In which round, from 1; 0 for the one that was left. */
    public int round(int i) {
        return ints[INTS * i + 1];
    }

    /** How many were there when it fell, itself included. */
    public int poolSize(int i) {
        return ints[INTS * i + 2];
    }

    /** The candidate it lost to, the worst of those that stayed; -1 for none. */
    public int against(int i) {
        return ints[INTS * i + 3];
    }

    /** By how much it lost. */
    public float margin(int i) {
        return floats[FLOATS * i];
    }

    /** Its score in the pool. */
    public float score(int i) {
        return floats[FLOATS * i + 1];
    }

    /** What likeness to the pool's likely items added. */
    public float relevance(int i) {
        return floats[FLOATS * i + 2];
    }

    /** What similarity to the pool took. */
    public float crowding(int i) {
        return floats[FLOATS * i + 3];
    }

    /** What the others of its group took. */
    public float group(int i) {
        return floats[FLOATS * i + 4];
    }

    /** What exploration added. */
    public float exploration(int i) {
        return floats[FLOATS * i + 5];
    }

    /** A copy of its own. */
    FallLog copy() {
        FallLog copy = new FallLog();
        copy.size = size;
        copy.ints = ints.clone();
        copy.floats = floats.clone();
        return copy;
    }
}
