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

/**
 * The cells that all keys share: of each rate the decayed sums of residuals G = Σ w(y − p) and of
 * curvature H = Σ w·p(1 − p), and who voted in the present round.
 *
 * <p>A value of a key has {@value #WAYS} cells in which it may stand, and is known there by 16 bits
 * of its hash; two of a bucket that agree in them, one in 8,000, share their sums. Where all are
 * taken a newcomer gets the one with the least evidence, with the chance that its own share of the
 * evidence of both is (randomised admission: Ben Basat et al., INFOCOM 2017): what is seen often
 * stands, what is seen once passes through. So no key has a number of cells of its own, and a
 * category takes a dozen where pairs of users and categories take the rest. 36 bytes a cell.
 * {@value #BLOCK} neighbours are published together, with the landmarks of their sums, so that a
 * landmark that moves makes nothing stale.
 *
 * <p>Users vote by rounds ({@link VotingRound}). Not thread-safe.
 */
final class ResidualCells {

    /** Fast, middle and slow. */
    static final int RATES = 3;

    /** Cells in which a value may stand. */
    static final int WAYS = 8;

    /** Cells that are published together. */
    static final int BLOCK = 4;

    static final int NONE = -1; // no cell

    private static final short EMPTY = 0;
    private static final int SUMS = 2 * RATES;
    private static final int SLOW = RATES - 1;
    private static final int SLOW_CURVATURE = SUMS - 1; // the last of a cell
    private static final int CELL_BYTES = 2 * Short.BYTES + 2 * Integer.BYTES + SUMS * Float.BYTES;

    private final Fade[] fades;
    private final short[] tags; // EMPTY: nothing stands there
    private final short[] moments; // hash of the time of the last write
    private final int[] births; // tick since which sums are complete
    private final int[] rounds; // of votes
    private final float[] sums;
    private final BitSet changed;
    private final long[] landmarks = new long[RATES];
    private final long[] read = new long[RATES]; // landmarks of the piece that is being read

    /**
     * Empty cells.
     *
     * @param size how many, a multiple of {@value #WAYS}
     * @param fades of each rate
     */
    ResidualCells(int size, Fade[] fades) {
        this.fades = fades;
        tags = new short[size];
        moments = new short[size];
        births = new int[size];
        rounds = new int[size];
        sums = new float[size * SUMS];
        changed = new BitSet(size / BLOCK);
    }

    /** Bytes of so many cells. */
    static long bytes(int size) {
        return (long) size * CELL_BYTES + size / BLOCK / Byte.SIZE;
    }

    /** What a key under key number {@code k} is known by in here. */
    static long name(int k, long key) {
        return Hashing.mix(key + k);
    }

    /** The cell of a name; {@link #NONE} where it has none. */
    int find(long name) {
        int from = bucket(name);
        short tag = tag(name);
        for (int cell = from; cell < from + WAYS; cell++) {
            if (tags[cell] == tag) {
                return cell;
            }
        }
        return NONE;
    }

    private int bucket(long name) {
        return Hashing.below(tags.length / WAYS, name) * WAYS;
    }

    private static short tag(long name) {
        return (short) name == EMPTY ? 1 : (short) name;
    }

    /**
     * A cell for a name that has none.
     *
     * @param evidence what is to be added to the curvature of the slow rate
     * @param time of the write, epoch milliseconds
     * @return {@link #NONE} where what stands there stays
     */
    int claim(long name, double evidence, long time) {
        int weakest = weakest(bucket(name));
        if (tags[weakest] != EMPTY) {
            double both = evidence + sums[weakest * SUMS + SLOW_CURVATURE];
            if (Hashing.unit(Hashing.number(name, time)) * both > evidence) {
                return NONE;
            }
        }
        clear(weakest);
        tags[weakest] = tag(name);
        births[weakest] = tick(time);
        return weakest;
    }

    /** The first empty cell of a bucket, or else the one with the least evidence. */
    private int weakest(int from) {
        int weakest = from;
        for (int cell = from; cell < from + WAYS; cell++) {
            if (tags[cell] == EMPTY) {
                return cell;
            }
            if (sums[cell * SUMS + SLOW_CURVATURE] < sums[weakest * SUMS + SLOW_CURVATURE]) {
                weakest = cell;
            }
        }
        return weakest;
    }

    private void clear(int cell) {
        tags[cell] = EMPTY;
        moments[cell] = 0;
        births[cell] = 0;
        rounds[cell] = 0;
        Arrays.fill(sums, cell * SUMS, (cell + 1) * SUMS, 0);
    }

    float residual(int cell, int rate) {
        return sums[cell * SUMS + 2 * rate];
    }

    float curvature(int cell, int rate) {
        return sums[cell * SUMS + 2 * rate + 1];
    }

    /** How many different users voted, at least, up to {@link VotingRound#VOTES}. */
    int users(int cell) {
        return VotingRound.users(rounds[cell]);
    }

    /** Takes a vote of a user in a cell, unless he has voted in this round. */
    boolean vote(int cell, long name, long voter) {
        int after = VotingRound.vote(rounds[cell], name, voter);
        if (after == rounds[cell]) {
            return false;
        }
        rounds[cell] = after;
        changed.set(cell / BLOCK);
        return true;
    }

    /** Whether what was written at a time is still in the sums, were it written there. */
    boolean holds(int cell, long written) {
        return tick(written) - births[cell] >= 0;
    }

    /** Of 64 ms, so that 31 bits tell before from after for four years. */
    private static int tick(long time) {
        return (int) (time >> 6);
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

    /** Notes when something was written. */
    void sign(int cell, long time) {
        moments[cell] = (short) Hashing.mix(time);
        changed.set(cell / BLOCK);
    }

    /** Whether something was written at this very moment; wrongly said of one moment in 65,536. */
    boolean wasWrittenAt(int cell, long time) {
        return moments[cell] == (short) Hashing.mix(time);
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

    // -- publishing

    void markAllChanged(boolean evenEmpty) {
        for (int cell = 0; cell < tags.length; cell++) {
            if (evenEmpty || tags[cell] != EMPTY) {
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
        ByteBuffer out = ByteBuffer.allocate(RATES * Long.BYTES + BLOCK * (1 + CELL_BYTES));
        for (long landmark : landmarks) {
            out.putLong(landmark);
        }
        for (int cell = from; cell < from + BLOCK; cell++) {
            if (tags[cell] != EMPTY) {
                out.put((byte) (cell - from));
                writeCell(cell, out);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private void writeCell(int cell, ByteBuffer out) {
        out.putShort(tags[cell]).putShort(moments[cell]);
        out.putInt(births[cell]).putInt(rounds[cell]);
        for (int i = 0; i < SUMS; i++) {
            out.putFloat(sums[cell * SUMS + i]);
        }
    }

    void putBlock(long id, byte[] payload) throws CorruptStateException {
        int cellBytes = payload.length - RATES * Long.BYTES;
        boolean whole = cellBytes >= 0 && cellBytes % (1 + CELL_BYTES) == 0;
        if (id < 0 || id >= tags.length / BLOCK || !whole) {
            throw fault("found block %d of %d bytes for %d cells", id, payload.length, tags.length);
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
        for (int cell = from; cell < from + BLOCK; cell++) {
            clear(cell);
        }
        while (in.hasRemaining()) {
            int place = in.get();
            if (place < 0 || place >= BLOCK || tags[from + place] != EMPTY) {
                throw fault("found a cell at place %d of a block of %d", place, BLOCK);
            }
            addCell(from + place, theirs, in);
        }
    }

    /** Adds a cell to what stands at a place, which is empty or of the same name. */
    private void addCell(int at, long[] theirs, ByteBuffer in) throws CorruptStateException {
        short tag = in.getShort();
        if (tag == EMPTY) {
            throw fault("found a cell of nothing");
        }
        boolean isNew = tags[at] == EMPTY;
        tags[at] = tag;
        moments[at] = in.getShort();
        int birth = in.getInt();
        births[at] = isNew || birth - births[at] < 0 ? birth : births[at];
        rounds[at] = VotingRound.merged(rounds[at], in.getInt());
        for (int i = 0; i < SUMS; i++) {
            sums[at * SUMS + i] += moved(in.getFloat(), i / 2, theirs);
        }
    }

    private float moved(float sum, int rate, long[] theirs) throws CorruptStateException {
        float finite = CorruptStateException.finite("a sum of memory", sum);
        return Fade.moved(finite, landmarks[rate] - theirs[rate]);
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
        for (int cell = 0; cell < tags.length; cell++) {
            counts[KeyGroups.of(cell, groups)] += tags[cell] == EMPTY ? 0 : 1;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        ByteBuffer bytes = ByteBuffer.allocate(CELL_BYTES);
        for (int cell = 0; cell < tags.length; cell++) {
            if (tags[cell] != EMPTY) {
                DataOutput out = outs[KeyGroups.of(cell, groups)];
                out.writeInt(cell);
                writeCell(cell, bytes.clear());
                out.write(bytes.array());
            }
        }
    }

    /** Adds a group's cells to those that are there. */
    void read(DataInput in) throws IOException {
        byte[] bytes = new byte[CELL_BYTES];
        for (int left = in.readInt(); left > 0; left--) {
            int cell = in.readInt();
            if (cell < 0 || cell >= tags.length) {
                throw fault("found cell %d, expected fewer than %d", cell, tags.length);
            }
            in.readFully(bytes);
            merge(cell, ByteBuffer.wrap(bytes));
        }
    }

    /**
     * Adds a cell to the one of the same name, or puts it where it stood, or where there is room,
     * or in the place of one with less evidence.
     */
    private void merge(int at, ByteBuffer in) throws CorruptStateException {
        int from = at / WAYS * WAYS;
        short tag = in.getShort(0);
        for (int own = from; own < from + WAYS; own++) {
            if (tags[own] == tag && tag != EMPTY) {
                addCell(own, read, in);
                return;
            }
        }
        int free = tags[at] == EMPTY ? at : weakest(from);
        float theirs = moved(in.getFloat(CELL_BYTES - Float.BYTES), SLOW, read);
        if (tags[free] == EMPTY || sums[free * SUMS + SLOW_CURVATURE] < theirs) {
            clear(free);
            addCell(free, read, in);
        }
    }

    private static CorruptStateException fault(String format, Object... arguments) {
        return new CorruptStateException("memory cells: " + format.formatted(arguments));
    }
}
