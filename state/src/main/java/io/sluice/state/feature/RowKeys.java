package io.sluice.state.feature;

/** Makes row keys of hashes. */
public final class RowKeys {

    private RowKeys() {}

    /** Key 0 means "no row", so the one hash in 2⁶⁴ that is 0 becomes 1. */
    public static long of(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
