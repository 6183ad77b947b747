package io.sluice.state.sparse;

/**
 * Counts bytes at each change and refuses what would pass the limit.
 *
 * <p>Bytes are reserved before an array is made and released when it is given back. What is counted
 * is what is allocated, array headers included; a recount over the arrays gives the same number.
 */
final class Ledger {

    /** Bytes of an array besides its elements on a 64-bit JVM. */
    static final int ARRAY = 16;

    private final long limit;
    private long used;

    /**
     * An empty ledger.
     *
     * @param limit most bytes ever used
     */
    Ledger(long limit) {
        this.limit = limit;
    }

    long used() {
        return used;
    }

    long limit() {
        return limit;
    }

    boolean fits(long bytes) {
        return used + bytes <= limit;
    }

    /** Counts bytes that are about to be allocated. */
    void reserve(long bytes) {
        if (!fits(bytes)) {
            throw new IllegalStateException(
                    "%d bytes would pass the limit of %d, of which %d are used"
                            .formatted(bytes, limit, used));
        }
        used += bytes;
    }

    void release(long bytes) {
        used -= bytes;
    }

    static long ints(long length) {
        return ARRAY + Integer.BYTES * length;
    }

    static long chars(long length) {
        return ARRAY + Character.BYTES * length;
    }

    static long longs(long length) {
        return ARRAY + Long.BYTES * length;
    }
}
