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
 * curvature H = Σ w·p(1 − p), p being what {@link ResidualMemory} says, and who voted in the
 * present round.
 *
 * <p>A value of a key has {@value #WAYS} cells in which it may stand, and is known there by 16 bits
 * of its hash ({@link CellTags}); two of a bucket that agree in them, one in 8,000, share their
 * sums. Everything else of a cell stands in 32 bytes side by side, so that a reading waits for two
 * lines of memory and no more. Where all cells of a value are taken a newcomer gets the one with
 * the least evidence, with the chance that its own share of the evidence of both is (randomised
 * admission: Ben Basat et al., INFOCOM 2017): what is seen often stands, what is seen once passes
 * through. So no key has a number of cells of its own, and a category takes a dozen where pairs of
 * users and categories take the rest. 36 bytes a cell. {@value #BLOCK} neighbours are published
 * together, with the landmarks of their sums, so that a landmark that moves makes nothing stale.
 *
 * <p>Users vote by rounds ({@link VotingRound}). Not thread-safe.
 */
final class ResidualCells {

    /** Fast, middle and slow. */
    static final int RATES = 3;

    /** Cells in which a value may stand. */
    static final int WAYS = CellTags.WAYS;

    /** Cells that are published together. */
    static final int BLOCK = 4;

    static final int NONE = CellTags.NONE; // no cell

    private static final short EMPTY = CellTags.EMPTY;

    // -- where in a cell's words
    private static final int BIRTH = 0; // tick since which sums are complete
    private static final int ROUND = 1; // of votes
    private static final int FIRST_SUM = 2; // residual and curvature of each rate, bits of floats
    private static final int WORDS = FIRST_SUM + 2 * RATES;
    private static final int SLOW = RATES - 1;
    private static final int CELL_BYTES = CellTags.BYTES + WORDS * Integer.BYTES;

    private final int size;
    private final Fade[] fades;
    private final CellTags tags;
    private final int[] words;
    private final BitSet changed;
    private final long[] landmarks = new long[RATES];
    private int moves;
    private final long[] read = new long[RATES]; // landmarks of the piece that is being read

    /**
     * Empty cells.
     *
     * @param size how many, a multiple of {@value #WAYS}
     * @param fades of each rate
     */
    ResidualCells(int size, Fade[] fades) {
        this.size = size;
        this.fades = fades;
        tags = new CellTags(size);
        words = new int[size * WORDS];
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
        return tags.find(bucket(name), tag(name));
    }

    private int bucket(long name) {
        return Hashing.below(size / WAYS, name);
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
        if (tags.isTaken(weakest)) {
            double both = evidence + curvature(weakest, SLOW);
            if (Hashing.unit(Hashing.number(name, time)) * both > evidence) {
                return NONE;
            }
        }
        clear(weakest);
        tags.put(weakest, tag(name), (short) 0);
        words[weakest * WORDS + BIRTH] = tick(time);
        return weakest;
    }

    /** The first empty cell of a bucket, or else the one with the least evidence. */
    private int weakest(int bucket) {
        int empty = tags.find(bucket, EMPTY);
        if (empty != NONE) {
            return empty;
        }
        int from = bucket * WAYS;
        int weakest = from;
        for (int cell = from + 1; cell < from + WAYS; cell++) {
            weakest = curvature(cell, SLOW) < curvature(weakest, SLOW) ? cell : weakest;
        }
        return weakest;
    }

    private void clear(int cell) {
        tags.put(cell, EMPTY, (short) 0);
        Arrays.fill(words, cell * WORDS, (cell + 1) * WORDS, 0);
    }

    /** A word of a cell, if it is one, that brings the others nearer. */
    int ahead(int cell) {
        return words[Math.max(0, cell) * WORDS + ROUND];
    }

    float residual(int cell, int rate) {
        return sum(cell * WORDS + FIRST_SUM + 2 * rate);
    }

    float curvature(int cell, int rate) {
        return sum(cell * WORDS + FIRST_SUM + 2 * rate + 1);
    }

    private float sum(int at) {
        return Float.intBitsToFloat(words[at]);
    }

    private void sum(int at, float sum) {
        words[at] = Float.floatToRawIntBits(sum);
    }

    /** How many different users voted, at least, up to {@link VotingRound#VOTES}. */
    int users(int cell) {
        return VotingRound.users(words[cell * WORDS + ROUND]);
    }

    /** Takes a vote of a user in a cell, unless he has voted in this round. */
    boolean vote(int cell, long name, long voter) {
        int at = cell * WORDS + ROUND;
        int after = VotingRound.vote(words[at], name, voter);
        if (after == words[at]) {
            return false;
        }
        words[at] = after;
        changed.set(cell / BLOCK);
        return true;
    }

    /** Whether what was written at a time is still in the sums, were it written there. */
    boolean holds(int cell, long written) {
        return tick(written) - words[cell * WORDS + BIRTH] >= 0;
    }

    /** Of 64 ms, so that 31 bits tell before from after for four years. */
    private static int tick(long time) {
        return (int) (time >> 6);
    }

    /** What a time of {@link MemoryClock} weighs beside the sums of a rate. */
    double weight(int rate, long time) {
        return fades[rate].weight(time, landmarks[rate]);
    }

    /** How often a landmark has moved, and with it what a time weighs. */
    int moves() {
        return moves;
    }

    /** Adds to the sums of one rate. */
    void add(int cell, int rate, float residual, float curvature) {
        int at = cell * WORDS + FIRST_SUM + 2 * rate;
        sum(at, sum(at) + residual);
        sum(at + 1, sum(at + 1) + curvature);
        changed.set(cell / BLOCK);
    }

    /** Notes when something was written. */
    void sign(int cell, long time) {
        tags.sign(cell, (short) Hashing.mix(time));
        changed.set(cell / BLOCK);
    }

    /** Whether something was written at this very moment; wrongly said of one moment in 65,536. */
    boolean wasWrittenAt(int cell, long time) {
        return tags.moment(cell) == (short) Hashing.mix(time);
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
        for (int at = FIRST_SUM + 2 * rate; at < words.length; at += WORDS) {
            sum(at, Fade.moved(sum(at), by));
            sum(at + 1, Fade.moved(sum(at + 1), by));
        }
        landmarks[rate] = to;
        moves++;
    }

    // -- publishing

    void markAllChanged(boolean evenEmpty) {
        for (int cell = 0; cell < size; cell++) {
            if (evenEmpty || tags.isTaken(cell)) {
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
            if (tags.isTaken(cell)) {
                out.put((byte) (cell - from));
                writeCell(cell, out);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private void writeCell(int cell, ByteBuffer out) {
        out.putShort(tags.tag(cell)).putShort(tags.moment(cell));
        for (int word = 0; word < WORDS; word++) {
            out.putInt(words[cell * WORDS + word]);
        }
    }

    void putBlock(long id, byte[] payload) throws CorruptStateException {
        int cellBytes = payload.length - RATES * Long.BYTES;
        boolean whole = cellBytes >= 0 && cellBytes % (1 + CELL_BYTES) == 0;
        if (id < 0 || id >= size / BLOCK || !whole) {
            throw fault("found block %d of %d bytes for %d cells", id, payload.length, size);
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
            if (place < 0 || place >= BLOCK || tags.isTaken(from + place)) {
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
        boolean isNew = !tags.isTaken(at);
        tags.put(at, tag, in.getShort());
        int word = at * WORDS;
        int birth = in.getInt();
        boolean isEarlier = birth - words[word + BIRTH] < 0;
        words[word + BIRTH] = isNew || isEarlier ? birth : words[word + BIRTH];
        words[word + ROUND] = VotingRound.merged(words[word + ROUND], in.getInt());
        for (int i = 0; i < 2 * RATES; i++) {
            int sum = word + FIRST_SUM + i;
            sum(sum, sum(sum) + moved(in.getFloat(), i / 2, theirs));
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
        for (int cell = 0; cell < size; cell++) {
            counts[KeyGroups.of(cell, groups)] += tags.isTaken(cell) ? 1 : 0;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        ByteBuffer bytes = ByteBuffer.allocate(CELL_BYTES);
        for (int cell = 0; cell < size; cell++) {
            if (tags.isTaken(cell)) {
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
            if (cell < 0 || cell >= size) {
                throw fault("found cell %d, expected fewer than %d", cell, size);
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
        int bucket = at / WAYS;
        int own = in.getShort(0) == EMPTY ? NONE : tags.find(bucket, in.getShort(0));
        if (own != NONE) {
            addCell(own, read, in);
            return;
        }
        int free = tags.isTaken(at) ? weakest(bucket) : at;
        float theirs = moved(in.getFloat(CELL_BYTES - Float.BYTES), SLOW, read);
        if (!tags.isTaken(free) || curvature(free, SLOW) < theirs) {
            clear(free);
            addCell(free, read, in);
        }
    }

    private static CorruptStateException fault(String format, Object... arguments) {
        return new CorruptStateException("memory cells: " + format.formatted(arguments));
    }
}
