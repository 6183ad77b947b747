package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What rows would gain from their next block: signed gradients of its first dimensions, gathered
 * over touches, for a bounded number of rows.
 *
 * <p>At a touch with log-odds gradient {@code g·x} the gradient of an absent value v_d is {@code
 * g·x·S_d}, S_d the sum of the other rows' values. Per row the table holds {@code e_d = Σ g x S_d}
 * and {@code h = Σ (g x S_d)²} over its touches and {@value #LANES} dimensions; {@link #expected}
 * is the squared length that the block would grow to. Opposite gradients cancel, which those of the
 * last batch alone (RigL, ICML 2020) or absolute sums do not.
 *
 * <p>Each page has {@value #CANDIDATES} places, and a key one of them, which it takes from another
 * only when that has fallen behind; each miss costs the holder one of its touches.
 *
 * <p>Not thread-safe.
 */
final class GrowthPressure {

    static final int LANES = 4;

    /** Places of a page. */
    static final int CANDIDATES = 2;

    /** Touches before a row's sums are believed. */
    static final int ENOUGH = 16;

    /** Floats of an entry: the sums e, the sum of squares h, touches. */
    private static final int STRIDE = LANES + 2;

    private static final int SQUARES = LANES;
    private static final int TOUCHES = LANES + 1;

    /** Bytes of a place. */
    static final int ENTRY = Long.BYTES + STRIDE * Float.BYTES;

    private final int candidates;
    private final long[] keys;
    private final float[] sums;

    GrowthPressure(int pages, int candidates) {
        this.candidates = candidates;
        keys = new long[pages * candidates];
        sums = new float[pages * candidates * STRIDE];
    }

    static long bytes(long entries) {
        return Ledger.longs(entries) + Ledger.ints(entries * STRIDE);
    }

    long bytes() {
        return bytes(keys.length);
    }

    private int slot(int page, long hash) {
        return page * candidates + (int) ((hash >>> 12) & 0xffff) % candidates;
    }

    /**
     * Takes a touch.
     *
     * @param page that the row stands in
     * @param from index in {@code others} of the first absent dimension
     * @param lanes how many absent dimensions are looked at, at most {@value #LANES}
     */
    void touch(int page, long key, long hash, float gradient, float[] others, int from, int lanes) {
        int slot = slot(page, hash);
        int at = slot * STRIDE;
        if (keys[slot] != key) {
            if (sums[at + TOUCHES] >= 1) {
                sums[at + TOUCHES] -= 1;
                return;
            }
            keys[slot] = key;
            Arrays.fill(sums, at, at + STRIDE, 0);
        }
        for (int d = 0; d < lanes; d++) {
            float each = gradient * others[from + d];
            sums[at + d] += each;
            sums[at + SQUARES] += each * each;
        }
        sums[at + TOUCHES] += 1;
    }

    /**
     * The squared length that the looked-at dimensions would grow to by one Newton step; 0 for a
     * row without enough touches. Curvature per dimension is taken from the squared gradients
     * (Fisher information); their own noise is taken off.
     */
    float expected(int page, long key, long hash) {
        int slot = slot(page, hash);
        int at = slot * STRIDE;
        if (keys[slot] != key || sums[at + TOUCHES] < ENOUGH) {
            return 0;
        }
        float squares = sums[at + SQUARES];
        float length = 0;
        for (int d = 0; d < LANES; d++) {
            length += sums[at + d] * sums[at + d];
        }
        float information = squares / LANES;
        float signal = length - squares;
        return signal <= 0 || information <= 0
                ? 0
                : Math.min(1, signal / (information * information));
    }

    /** Begins again for a row whose width has changed. */
    void forget(int page, long key, long hash) {
        int slot = slot(page, hash);
        if (keys[slot] == key) {
            keys[slot] = 0;
            Arrays.fill(sums, slot * STRIDE, (slot + 1) * STRIDE, 0);
        }
    }

    /** Lets the sums of a page fade. */
    void decay(int page, float factor) {
        for (int i = page * candidates * STRIDE; i < (page + 1) * candidates * STRIDE; i++) {
            sums[i] *= factor;
        }
    }

    void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(sums, 0);
    }

    void write(int page, DataOutput out) throws IOException {
        for (int slot = page * candidates; slot < (page + 1) * candidates; slot++) {
            out.writeLong(keys[slot]);
            for (int i = 0; i < STRIDE; i++) {
                out.writeFloat(sums[slot * STRIDE + i]);
            }
        }
    }

    void read(int page, DataInput in) throws IOException {
        for (int slot = page * candidates; slot < (page + 1) * candidates; slot++) {
            keys[slot] = in.readLong();
            for (int i = 0; i < STRIDE; i++) {
                sums[slot * STRIDE + i] =
                        CorruptStateException.finite("a growth pressure", in.readFloat());
            }
        }
    }
}
