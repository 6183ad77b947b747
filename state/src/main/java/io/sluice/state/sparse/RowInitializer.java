package io.sluice.state.sparse;

/** Gives a new row its first values, as a function of its key alone. */
@FunctionalInterface
public interface RowInitializer {

    /**
     * Fills a row of so many values.
     *
     * <p>A function of the key and of fixed settings only, so that the order in which rows are
     * created never matters.
     *
     * @param key the row's key
     * @param arena receives the values; the row's floats are all zero before
     * @param from index of the row's first float
     * @param width how many of its values are asked for, the first ones; drawing them is most of
     *     what a new row costs
     */
    void initialize(long key, float[] arena, int from, int width);
}
