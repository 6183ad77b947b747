package io.sluice.state.memory;

/**
 * By what each cell's value is known in its bucket of {@value #WAYS}, and when the cell was last
 * written: 16 bits each, four to a word, a bucket in 32 bytes side by side. A bucket is searched
 * without a branch for each cell, since nobody can guess in which of them a value stands.
 */
final class CellTags {

    /** Cells of a bucket. */
    static final int WAYS = 8;

    /** Of each cell. */
    static final int BYTES = 2 * Short.BYTES;

    static final int NONE = -1; // no cell
    static final short EMPTY = 0; // the tag of a cell in which nothing stands

    private static final int LANES = Long.SIZE / Short.SIZE; // of a word
    private static final int HALF = WAYS / LANES; // words of tags, and then of moments
    private static final int WORDS = 2 * HALF; // of a bucket
    private static final long ONES = 0x0001_0001_0001_0001L;
    private static final long TOPS = 0x8000_8000_8000_8000L;
    private static final long LANE = 0xffffL;

    private final long[] words;

    /**
     * Of empty cells.
     *
     * @param cells a multiple of {@value #WAYS}
     */
    CellTags(int cells) {
        words = new long[cells / WAYS * WORDS];
    }

    /** The first cell of a bucket that has a tag; {@link #NONE} where none has. */
    int find(int bucket, short tag) {
        long all = (tag & LANE) * ONES;
        long lower = zeroLanes(words[bucket * WORDS] ^ all);
        long upper = zeroLanes(words[bucket * WORDS + 1] ^ all);
        int way = lower == 0 ? LANES + lane(upper) : lane(lower);
        return (lower | upper) == 0 ? NONE : bucket * WAYS + way;
    }

    /** The top bit of each lane that is 0, and perhaps of lanes above the lowest of these. */
    private static long zeroLanes(long word) {
        return (word - ONES) & ~word & TOPS;
    }

    private static int lane(long tops) {
        return Long.numberOfTrailingZeros(tops) / Short.SIZE;
    }

    boolean isTaken(int cell) {
        return tag(cell) != EMPTY;
    }

    short tag(int cell) {
        return (short) (words[word(cell)] >>> shift(cell));
    }

    /** What {@link #sign} was told last. */
    short moment(int cell) {
        return (short) (words[word(cell) + HALF] >>> shift(cell));
    }

    void put(int cell, short tag, short moment) {
        put(word(cell), shift(cell), tag);
        sign(cell, moment);
    }

    void sign(int cell, short moment) {
        put(word(cell) + HALF, shift(cell), moment);
    }

    private void put(int word, int shift, short lane) {
        words[word] = (words[word] & ~(LANE << shift)) | ((lane & LANE) << shift);
    }

    private static int word(int cell) {
        return cell / WAYS * WORDS + cell % WAYS / LANES;
    }

    private static int shift(int cell) {
        return cell % LANES * Short.SIZE;
    }
}
