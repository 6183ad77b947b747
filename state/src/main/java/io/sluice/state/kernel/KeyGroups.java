package io.sluice.state.kernel;

/** Which group a row belongs to: the unit in which state is checkpointed and moved. */
public final class KeyGroups {

    private KeyGroups() {}

    /** The group of a key, in [0, groups); part of the checkpoint format. */
    public static int of(long key, int groups) {
        // Mixed once more: the index of the table already uses the key's low bits.
        return (int) Long.remainderUnsigned(Hashing.mix(key), groups);
    }
}
