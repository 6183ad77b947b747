package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.KeyGroups;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * The cells of all keys: of each rate the decayed sums of residuals G = Σ w(y − p) and of curvature
 * H = Σ w·p(1 − p), and 32 bits of the users who wrote.
 *
 * <p>Each key has a number of cells of its own; a value has the cell of its hash, and values that
 * share one share their sums. 24 bytes a cell. {@value #BLOCK} neighbours are published together,
 * with the landmarks of their sums, so that a landmark that moves makes nothing stale.
 *
 * <p>Beside them, not published: how often each user has written under each key that is not a
 * user's, in a half-life of each rate: {@value #VOTES_PER_CELL} counters a cell and rate, hashed,
 * so that strangers may count for one another but nobody is counted too little; halved as each
 * half-life begins. Keys of few cells have more, or else they would take a few errors a half-life
 * and no more, however many users there are. Not thread-safe.
 */
final class ResidualCells {

    /** Fast and slow. */
    static final int RATES = 2;

    /** Cells that are published together. */
    static final int BLOCK = 4;

    /** Counters of votes for each cell. */
    static final int VOTES_PER_CELL = 4;

    private static final int SUMS = 2 * RATES;
    private static final int CELL_BYTES = 1 + SUMS * Float.BYTES + 2 * Integer.BYTES;
    private static final int COUNT_BITS = 3;
    private static final int COUNT = (1 << COUNT_BITS) - 1;
    private static final int STAMPS = 1 << (Short.SIZE - COUNT_BITS);

    private final int[] first; // cell of each key, and behind them how many there are
    private final int[] firstVote; // the same of counters
    private final Fade[] fades;
    private final float[] sums;
    private final int[] users;
    private final int[] moments; // the lower half of the time of the last write
    private final short[] votes;
    private final BitSet changed;
    private final long[] landmarks = new long[RATES];
    private final long[] read = new long[RATES]; // landmarks of the piece that is being read

    /**
     * Empty cells.
     *
     * @param sizes cells of each key, powers of two, at least {@value #BLOCK}
     * @param leastVoted each key counts votes as one of at least so many cells does, a power of two
     * @param fades of each rate
     */
    ResidualCells(int[] sizes, int leastVoted, Fade[] fades) {
        this.fades = fades;
        first = new int[sizes.length + 1];
        firstVote = new int[sizes.length + 1];
        for (int k = 0; k < sizes.length; k++) {
            first[k + 1] = first[k] + sizes[k];
            firstVote[k + 1] = firstVote[k] + counters(sizes[k], leastVoted);
        }
        int all = first[sizes.length];
        sums = new float[all * SUMS];
        users = new int[all];
        moments = new int[all];
        votes = new short[firstVote[sizes.length] * RATES];
        changed = new BitSet(users.length / BLOCK);
    }

    private static int counters(int size, int leastVoted) {
        return Math.max(size, leastVoted) * VOTES_PER_CELL;
    }

    /** The cell of a key under key number {@code k}. */
    int cell(int k, long key) {
        return first[k] + ((int) Hashing.mix(key + k) & (first[k + 1] - first[k] - 1));
    }

    /** The cell of a key that is its place among those of key number {@code k}. */
    int cellAt(int k, int place) {
        return first[k] + place;
    }

    /** Empties all cells of a key, and forgets who wrote there. */
    void clear(int k) {
        int from = first[k];
        int to = first[k + 1];
        for (int cell = from; cell < to; cell++) {
            if (!isEmpty(cell)) {
                changed.set(cell / BLOCK);
            }
        }
        Arrays.fill(sums, from * SUMS, to * SUMS, 0);
        Arrays.fill(users, from, to, 0);
        Arrays.fill(moments, from, to, 0);
        Arrays.fill(votes, firstVote[k] * RATES, firstVote[k + 1] * RATES, (short) 0);
    }

    float residual(int cell, int rate) {
        return sums[cell * SUMS + 2 * rate];
    }

    float curvature(int cell, int rate) {
        return sums[cell * SUMS + 2 * rate + 1];
    }

    /** How many different users wrote, at least: those who share one of 32 bits count as one. */
    int users(int cell) {
        return Integer.bitCount(users[cell]);
    }

    /** Against what the sums of a rate are weighed. */
    long landmark(int rate) {
        return landmarks[rate];
    }

    /** Adds to the sums of one rate. */
    void add(int cell, int rate, float residual, float curvature) {
        sums[cell * SUMS + 2 * rate] += residual;
        sums[cell * SUMS + 2 * rate + 1] += curvature;
        changed.set(cell / BLOCK);
    }

    /** Notes who wrote and when. */
    void sign(int cell, long voter, long time) {
        users[cell] |= 1 << (Hashing.mix(voter) >>> 59);
        moments[cell] = (int) time;
    }

    /** Whether something was written at this very moment. */
    boolean wasWrittenAt(int cell, long time) {
        return moments[cell] == (int) time;
    }

    /**
     * Takes a vote of a user in a cell, unless there were {@code most} of late.
     *
     * @param now half-lives of the rate until now, see {@link Fade#halves}
     */
    boolean vote(int k, int cell, long voter, int rate, long now, int most) {
        int mask = firstVote[k + 1] - firstVote[k] - 1;
        int slot = (int) Hashing.number(voter, cell) & mask;
        int at = (firstVote[k] + slot) * RATES + rate;
        int stamp = (votes[at] & 0xffff) >>> COUNT_BITS;
        int age = (int) (now - stamp) & (STAMPS - 1);
        // What comes late, by less than half of all stamps, is older than the count.
        boolean late = age > STAMPS / 2;
        int count = late ? votes[at] & COUNT : age > COUNT_BITS ? 0 : (votes[at] & COUNT) >> age;
        if (count >= most) {
            return false;
        }
        int written = late ? stamp : (int) now & (STAMPS - 1);
        votes[at] = (short) (written << COUNT_BITS | count + 1);
        return true;
    }

    /** Moves landmarks, where time has come for it. */
    void advance(long time) {
        for (int rate = 0; rate < RATES; rate++) {
            long now = fades[rate].halves(time);
            if (now - landmarks[rate] > Fade.FURTHEST) {
                moveLandmark(rate, now);
            }
        }
    }

    private void moveLandmark(int rate, long to) {
        long by = to - landmarks[rate];
        for (int i = 2 * rate; i < sums.length; i += SUMS) {
            sums[i] = Fade.moved(sums[i], by);
            sums[i + 1] = Fade.moved(sums[i + 1], by);
        }
        landmarks[rate] = to;
    }

    /** Bytes of keys of so many cells. */
    static long bytes(int[] sizes, int leastVoted) {
        long all = 0;
        long counters = 0;
        for (int size : sizes) {
            all += size;
            counters += counters(size, leastVoted);
        }
        return all * (SUMS * Float.BYTES + 2 * Integer.BYTES)
                + counters * Short.BYTES * RATES
                + all / BLOCK / Byte.SIZE;
    }

    // -- publishing

    void markAllChanged(boolean evenEmpty) {
        for (int cell = 0; cell < users.length; cell++) {
            if (evenEmpty || !isEmpty(cell)) {
                changed.set(cell / BLOCK);
            }
        }
    }

    void drainChanged(ErrorMemory.BlockSink sink) {
        for (int b = changed.nextSetBit(0); b >= 0; b = changed.nextSetBit(b + 1)) {
            sink.block(b, block(b));
        }
        changed.clear();
    }

    /** The landmarks, then for each cell that is not empty its place in the block and its parts. */
    private byte[] block(int block) {
        int from = block * BLOCK;
        ByteBuffer out = ByteBuffer.allocate(RATES * Long.BYTES + BLOCK * CELL_BYTES);
        for (long landmark : landmarks) {
            out.putLong(landmark);
        }
        for (int cell = from; cell < from + BLOCK; cell++) {
            if (!isEmpty(cell)) {
                out.put((byte) (cell - from));
                for (int i = 0; i < SUMS; i++) {
                    out.putFloat(sums[cell * SUMS + i]);
                }
                out.putInt(users[cell]);
                out.putInt(moments[cell]);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    void putBlock(long id, byte[] payload) throws CorruptStateException {
        int cellBytes = payload.length - RATES * Long.BYTES;
        if (id < 0 || id >= users.length / BLOCK || cellBytes < 0 || cellBytes % CELL_BYTES != 0) {
            throw fault(
                    "found block %d of %d bytes for %d cells", id, payload.length, users.length);
        }
        ByteBuffer in = ByteBuffer.wrap(payload);
        long[] theirs = new long[RATES];
        for (int rate = 0; rate < RATES; rate++) {
            theirs[rate] = in.getLong();
            if (theirs[rate] > landmarks[rate]) {
                moveLandmark(rate, theirs[rate]);
            }
        }
        int from = (int) id * BLOCK;
        Arrays.fill(sums, from * SUMS, (from + BLOCK) * SUMS, 0);
        Arrays.fill(users, from, from + BLOCK, 0);
        Arrays.fill(moments, from, from + BLOCK, 0);
        while (in.hasRemaining()) {
            int place = in.get();
            if (place < 0 || place >= BLOCK) {
                throw fault("found a cell at place %d of a block of %d", place, BLOCK);
            }
            readCell(from + place, theirs, in);
        }
    }

    private void readCell(int cell, long[] theirs, ByteBuffer in) throws CorruptStateException {
        for (int i = 0; i < SUMS; i++) {
            float sum = CorruptStateException.finite("a sum of memory", in.getFloat());
            sums[cell * SUMS + i] += Fade.moved(sum, landmarks[i / 2] - theirs[i / 2]);
        }
        users[cell] |= in.getInt();
        moments[cell] = in.getInt();
    }

    private boolean isEmpty(int cell) {
        if (users[cell] != 0) {
            return false;
        }
        for (int i = 0; i < SUMS; i++) {
            if (sums[cell * SUMS + i] != 0) {
                return false;
            }
        }
        return true;
    }

    // -- checkpoints

    void writeHead(DataOutput out) throws IOException {
        for (int rate = 0; rate < RATES; rate++) {
            out.writeLong(landmarks[rate]);
        }
    }

    /** Parts of one state have one head; of several, sums move to the latest landmark. */
    void readHead(DataInput in) throws IOException {
        for (int rate = 0; rate < RATES; rate++) {
            long landmark = in.readLong();
            if (landmark > landmarks[rate]) {
                moveLandmark(rate, landmark);
            }
            read[rate] = landmark;
        }
    }

    void write(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (int cell = 0; cell < users.length; cell++) {
            counts[KeyGroups.of(cell, groups)] += isEmpty(cell) ? 0 : 1;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        for (int cell = 0; cell < users.length; cell++) {
            if (!isEmpty(cell)) {
                DataOutput out = outs[KeyGroups.of(cell, groups)];
                out.writeInt(cell);
                for (int i = 0; i < SUMS; i++) {
                    out.writeFloat(sums[cell * SUMS + i]);
                }
                out.writeInt(users[cell]);
                out.writeInt(moments[cell]);
            }
        }
        writeVotes(groups, outs);
    }

    private void writeVotes(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (int i = 0; i < votes.length; i++) {
            counts[KeyGroups.of(i, groups)] += votes[i] == 0 ? 0 : 1;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] != 0) {
                outs[KeyGroups.of(i, groups)].writeInt(i);
                outs[KeyGroups.of(i, groups)].writeShort(votes[i]);
            }
        }
    }

    /**
     * Adds a group's cells and votes to those that are there.
     *
     * @param isTaken whether what stands under key number k is added, and not passed over
     */
    void read(IntPredicate isTaken, DataInput in) throws IOException {
        byte[] bytes = new byte[CELL_BYTES - 1];
        for (int left = in.readInt(); left > 0; left--) {
            int cell = in.readInt();
            if (cell < 0 || cell >= users.length) {
                throw fault("found cell %d, expected fewer than %d", cell, users.length);
            }
            in.readFully(bytes);
            if (isTaken.test(keyOf(first, cell))) {
                readCell(cell, read, ByteBuffer.wrap(bytes));
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            int at = in.readInt();
            short vote = in.readShort();
            if (at < 0 || at >= votes.length) {
                throw fault("found a vote at %d, expected fewer than %d", at, votes.length);
            }
            if (isTaken.test(keyOf(firstVote, at / RATES))) {
                votes[at] = votes[at] == 0 ? vote : merged(votes[at], vote);
            }
        }
    }

    private static int keyOf(int[] firsts, int place) {
        int k = 0;
        while (place >= firsts[k + 1]) {
            k++;
        }
        return k;
    }

    /** Votes of both, as of the later half-life, up to what a counter holds. */
    private static short merged(short one, short other) {
        int stamp = (one & 0xffff) >>> COUNT_BITS;
        int age = stamp - ((other & 0xffff) >>> COUNT_BITS) & (STAMPS - 1);
        if (age > STAMPS / 2) {
            return merged(other, one);
        }
        int faded = age > COUNT_BITS ? 0 : (other & COUNT) >> age;
        return (short) (stamp << COUNT_BITS | Math.min(COUNT, (one & COUNT) + faded));
    }

    private static CorruptStateException fault(String format, Object... arguments) {
        return new CorruptStateException("memory cells: " + format.formatted(arguments));
    }
}
