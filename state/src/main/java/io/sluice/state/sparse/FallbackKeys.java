package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;

/**
 * The rows that speak for ids without one of their own: one for each field and shard. They travel
 * and are stored as any other row, under keys that both the trainer and its servers compute.
 *
 * @param shards of the trainer's table, a power of two
 */
public record FallbackKeys(int shards) {

    private static final long SEED = 0x66616c6c6261636bL;

    /** The key of the row that speaks for this key; part of the format of pages and checkpoints. */
    public long key(long key, int field) {
        return of(field, shardOf(KeyIndex.hash(key), shards));
    }

    static int shardOf(long hash, int shards) {
        return (int) (hash >>> 58) & (shards - 1);
    }

    static long of(int field, int shard) {
        long key = Hashing.number(SEED, field * 64L + shard);
        return key == 0 ? 1 : key;
    }
}
