package io.sluice.state.memory;

/**
 * What readings of one moment have in common: what a request adds to the keys of each candidate,
 * and what the moment weighs. Filled by {@link ErrorMemory#share}. Reusable; not thread-safe.
 */
public final class SharedReading {

    private long[] keys = {}; // empty: nothing is shared
    private final RateWeights weights = new RateWeights();

    /** Room for so many numbers, which will be shared; what stood there may stand there still. */
    long[] share(int size) {
        if (keys.length < size) {
            keys = new long[size];
        }
        return keys;
    }

    /** Whether keys have a part that is shared. */
    boolean hasKeys() {
        return keys.length > 0;
    }

    /** What {@link #share} was filled with. */
    long[] keys() {
        return keys;
    }

    /** What the moment of the readings weighs. */
    RateWeights weights() {
        return weights;
    }
}
