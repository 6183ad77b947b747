package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much ids without a row of their own would have learnt: decayed sums of |gradient|.
 *
 * <p>A count-min sketch of depth 2 with conservative update (Cormode and Muthukrishnan, J.
 * Algorithms 2005; Estan and Varghese, TOCS 2003) over 16-bit cells in units of 1/{@value #UNIT}.
 * An estimate is never below the truth, but for the rounding of decay, and above it by collisions.
 * Not thread-safe.
 */
final class ImportanceSketch {

    private static final int UNIT = 512;

    private final char[] cells; // two halves, one for each hash

    /**
     * An empty sketch.
     *
     * @param length cells, an even number
     */
    ImportanceSketch(int length) {
        cells = new char[length];
    }

    long bytes() {
        return Ledger.chars(cells.length);
    }

    /**
     * Adds to a key's sum.
     *
     * @param hash of the key
     * @param importance in [0, 1] for one example
     * @return the estimate of the sum
     */
    float add(long hash, float importance) {
        int half = cells.length / 2;
        int a = (int) (((hash >>> 32) * half) >>> 32);
        int b = half + (int) ((((hash * 0x9fb21c651e98df25L) >>> 32) * half) >>> 32);
        int least = Math.min(cells[a], cells[b]);
        // At least one unit, so that even well predicted ids show in the end.
        int sum = Math.min(0xffff, least + Math.max(1, Math.round(importance * UNIT)));
        cells[a] = (char) Math.max(cells[a], sum);
        cells[b] = (char) Math.max(cells[b], sum);
        return (float) sum / UNIT;
    }

    void decay(double factor) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (char) (cells[i] * factor);
        }
    }

    void write(DataOutput out) throws IOException {
        for (char cell : cells) {
            out.writeChar(cell);
        }
    }

    void read(DataInput in) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = in.readChar();
        }
    }
}
