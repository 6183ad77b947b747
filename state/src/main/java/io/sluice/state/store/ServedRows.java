package io.sluice.state.store;

import java.io.IOException;

/**
 * The rows of a served model, the blocks of its memory, and what is stored beside them.
 *
 * <p>Changes come in two steps, so that the slow one does not hold up readers: {@link #stage} takes
 * pages without showing them, {@link #commit} shows all that was staged.
 *
 * <p>Thread-safety: one thread stages and commits. Any number of threads copy rows, also while that
 * thread stages; the caller keeps readers away during {@link #commit} and {@link #clear}. {@link
 * ServedModel} is that caller.
 */
public interface ServedRows extends AutoCloseable {

    /**
     * Copies a row as of the last commit.
     *
     * @param key of the row
     * @param row takes w and v, 0 where the row is narrower; its length is dimensions + 1
     * @return false when there is no such row, or one of more dimensions, which is a leftover of
     *     another model; {@code row} is then undefined
     * @throws java.io.UncheckedIOException when the store cannot be read
     */
    boolean copy(long key, float[] row);

    /**
     * Says of all rows that are asked for where they are as of the last commit: the same rows as
     * {@link #copy} gives one by one.
     *
     * @throws java.io.UncheckedIOException when the store cannot be read
     */
    default void find(RowPlaces rows) {
        rows.inCopies();
        float[] row = new float[rows.width()];
        for (int i = 0; i < rows.size(); i++) {
            rows.foundCopy(i, copy(rows.key(i), row) ? row : null);
        }
    }

    /**
     * Takes pages, invisible until {@link #commit}. A store on disk has them when this returns, and
     * takes pages and position together or not at all.
     */
    void stage(PageBatch batch) throws IOException;

    /** Shows what was staged; the last batch staged was a closed one. */
    void commit();

    /** What is stored besides rows, as of the last {@link #stage}. */
    StoredView stored() throws IOException;

    /** Removes everything, the position included. */
    void clear() throws IOException;

    /**
     * Rows held; stores on disk estimate it, and count a row for each time it was written lately.
     */
    long rows();

    /** Bytes of memory held for rows, about. */
    long bytes();

    /** Share of look-ups of existing rows answered from memory, in [0, 1]; NaN before any. */
    double hitRate();

    /** Visits every row as of the last commit, by rising key compared as unsigned. */
    void scan(Visitor visitor) throws IOException;

    /** Visits every block of the memory of errors as of the last commit, by rising id. */
    void scanBlocks(Visitor visitor) throws IOException;

    @Override
    void close();

    /** Receives rows or blocks. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the content of a page; it must not be changed. */
        void row(long key, byte[] payload) throws IOException;
    }
}
