package io.sluice.state.sparse.baseline;

import io.sluice.state.kernel.Hashing;

/** Where a key goes. */
final class Places {

    private Places() {}

    /** One of so many places, by the upper half of a mixed key. */
    static int of(long key, int places) {
        return (int) (((Hashing.mix(key) >>> 32) * places) >>> 32);
    }
}
