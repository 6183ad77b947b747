package io.sluice.state.sparse.baseline;

import io.sluice.state.kernel.Hashing;

/** Where a key goes. */
final class Places {

    private Places() {}

    /** One of so many places, by the upper half of a mixed key. */
    static int of(long key, int places) {
        return Hashing.below(places, Hashing.mix(key));
    }
}
