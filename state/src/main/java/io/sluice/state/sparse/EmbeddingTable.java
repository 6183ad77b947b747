package io.sluice.state.sparse;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.PairSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Rows of weights found by 64-bit keys; the border between a model and its store.
 *
 * <p>A row unpacked into floats is {@code [w, v_0 … v_{width-1}, …, sum of w, sum of v]} with both
 * sums behind k places for values, wherever the row really stands and whatever its width.
 *
 * <p>To score: {@link #read}. To learn an example: {@link #begin}; {@link #open} for each feature,
 * in order, which gives the row that speaks for it; score; {@link #claim} for each, which may give
 * a key a row; change {@link #values} in place; {@link #commit}. The same row opened twice stands
 * in one place. The array of values may be replaced by opening and claiming, so it is fetched after
 * the last of them.
 *
 * <p>The table remembers which rows changed and which went since they were last drained; that feeds
 * publishing. Not thread-safe. Key 0 is reserved: it never has a row.
 */
public interface EmbeddingTable {

    /** What stands for a row where there is none. */
    int ABSENT = -1;

    /** What a piece of a checkpoint that consists of pages begins with. */
    int PAGES = 1;

    /** What one begins with where pages have no {@link FloatRows}. */
    int BARE_PAGES = 0;

    /** What one begins with where pages have {@link FieldMeans}. */
    int WARM_PAGES = 2;

    /** Floats that {@link #read} may write to. */
    int rowLength();

    /** Rows held. */
    int size();

    /** Bytes held, as allocated: keys, index, rows, and all that decides about them. */
    long bytes();

    /**
     * Copies the row that speaks for a key, w and values. Changes nothing.
     *
     * @param field the key's field, see {@link io.sluice.state.feature.FeatureVector#field}
     * @param row takes them; {@link #rowLength} floats
     * @return the row's width; {@link #ABSENT} when there is no row
     */
    int read(long key, int field, float[] row);

    /**
     * Adds the rows that speak for a vector's features, each times its value, to running sums, see
     * {@link PairSums}. Changes nothing.
     *
     * @param linear sum that linear weights are added to
     * @param sums S_d, all 0; {@link PairSums#length} of them
     * @param squares Q_d, all 0
     * @return the sum of linear weights
     */
    default float sum(FeatureVector x, float linear, float[] sums, float[] squares) {
        float[] row = new float[rowLength()];
        float sum = linear;
        for (int i = 0; i < x.size(); i++) {
            int width = read(x.key(i), x.field(i), row);
            if (width != ABSENT) {
                sum += row[0] * x.value(i);
                PairSums.add(row, 1, width, x.value(i), sums, squares);
            }
        }
        return sum;
    }

    /** Begins an example of so many features. */
    void begin(int features);

    /**
     * Opens the row that speaks for feature i.
     *
     * @return whether there is one
     */
    boolean open(int i, long key, int field);

    /**
     * Asks for a row that learns for feature i.
     *
     * @param importance expected |gradient| of the log-odds of this example; must not depend on its
     *     label, or shared rows would be left with the labels that they predict well
     * @return whether feature i is opened anew, with other values than before
     */
    boolean claim(int i, long key, int field, float importance);

    /** Whether the row opened for feature i belongs to its key alone. */
    boolean isOwn(int i);

    /** Whether feature i has an open row. */
    boolean isOpen(int i);

    /** Where in {@link #values} feature i's row begins. */
    int position(int i);

    /** How many values feature i's row has. */
    int width(int i);

    /**
     * Adds the row opened for feature i, times a factor, to running sums as {@link #sum} does.
     *
     * @return its linear weight times the factor
     */
    default float add(int i, float factor, float[] sums, float[] squares) {
        float[] rows = values();
        int at = position(i);
        PairSums.add(rows, at + 1, width(i), factor, sums, squares);
        return rows[at] * factor;
    }

    /** The array that open rows stand in. */
    float[] values();

    /**
     * Says what a wider row would have learnt.
     *
     * @param i a feature whose row is narrower than k
     * @param gradient of the log-odds times the feature's value
     * @param others sums of all rows' values, k of them
     */
    void press(int i, float gradient, float[] others);

    /**
     * Ends the example: open rows have changed.
     *
     * @param importance as for {@link #claim}
     */
    void commit(float importance);

    /** Says that the stream has changed: what was settled may move again. */
    void reheat();

    /** Hands out what changed since the last call. */
    void drainChanged(Sink sink);

    /** Removes all rows and forgets what changed. */
    void clear();

    /** Counts all rows as changed, so that {@link #drainChanged} hands out the whole table. */
    void markAllChanged();

    /**
     * Writes whole rows so that equal tables give equal bytes whatever their history. The first int
     * of a piece is {@link #PAGES}, {@link #BARE_PAGES} or {@link #WARM_PAGES}, the number of
     * floats of each row that follows, or below 0 for another {@link TableKind}.
     *
     * @param groups number of pieces
     * @param outs one output for each; any of them can be restored without the others
     */
    void write(int groups, DataOutput[] outs) throws IOException;

    /**
     * Adds one piece, as {@link #write} wrote it; replaces equal keys. A table without a budget
     * refuses pages, one with a budget takes rows of full width too.
     */
    void read(DataInput in) throws IOException;

    /** Receives what changed. */
    interface Sink {

        /** All rows handed out so far are void; all that there are follow. Comes first. */
        void restarted();

        /** The row is gone. Comes before all changes, and may name rows never handed out. */
        void removed(long key);

        /** The row's values are now {@code values[from .. from + width]}, w first. */
        void changed(long key, float[] values, int from, int width);
    }
}
