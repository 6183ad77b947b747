package io.sluice.state.sparse.baseline;

import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often keys without a row were seen: a count-min sketch of two rows of bytes with conservative
 * update (Cormode and Muthukrishnan, J. Algorithms 2005; Estan and Varghese, TOCS 2003), halved
 * every half-life. An estimate is never below the truth since the last halving.
 */
final class CountMin {

    private final byte[] cells; // two halves, one for each hash
    private final long halfLife;

    CountMin(int length, long halfLife) {
        cells = new byte[length & ~1];
        this.halfLife = Math.max(1, halfLife);
    }

    long bytes() {
        return Bytes.of(cells);
    }

    /** Counts a key; returns the estimate, 255 at most. */
    int add(long key) {
        int half = cells.length / 2;
        int a = Places.of(key, half);
        int b = half + Places.of(Hashing.number(1, key), half);
        int count = Math.min(255, Math.min(cells[a] & 0xff, cells[b] & 0xff) + 1);
        cells[a] = (byte) Math.max(cells[a] & 0xff, count);
        cells[b] = (byte) Math.max(cells[b] & 0xff, count);
        return count;
    }

    void endExample(long number) {
        if (number % halfLife == 0) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] = (byte) ((cells[i] & 0xff) >> 1);
            }
        }
    }

    void clear() {
        Arrays.fill(cells, (byte) 0);
    }

    void write(DataOutput out) throws IOException {
        out.write(cells);
    }

    void read(DataInput in) throws IOException {
        in.readFully(cells);
    }
}
