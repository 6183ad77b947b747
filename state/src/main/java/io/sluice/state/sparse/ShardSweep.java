package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;
import java.util.Arrays;

/**
 * Finds the price at which a shard's rows fit, and lets go of what is not worth it.
 *
 * <p>Each row is a chain of parts: the row of one's own, then one block after the other. With f the
 * row's importance (decayed sum of |gradient|) the parts are worth, per word,
 *
 * <pre>
 *   own row          f / words of class 0
 *   block b          f · c·|v_b|² / words of the block           what it would cost to lose it
 *   next block       f · c·|v*|² / (hysteresis · its words)      what it promises, see GrowthPressure
 * </pre>
 *
 * <p>with c the setting {@code blockWorth}; a part is never worth more than the one before it. The
 * price is the least at which everything above it takes at most (1 − headroom) of the room: parts
 * below are dropped, promises above become blocks. Losing a block changes the log-odds by v_b·S_b,
 * the loss in second order by {@code ½ p(1−p)(v_b·S_b)²} (LeCun et al., "Optimal Brain Damage",
 * NIPS 1989), which is where |v_b|² comes from; S is left out, being about the same for all.
 *
 * <p>So bytes flow to where they are worth most, at a constant sum; at most {@code moveShare} of
 * them in one sweep. Rows whose width has changed keep it for {@code protectTouches} touches.
 * Fallback rows stay. In the bin of the price, a hash of the key decides. O(rows) and a rebuilt
 * index; scratch is shared by all shards. Not thread-safe.
 */
final class ShardSweep {

    private static final int TIES = 256;

    /**
     * The class of new rows under pressure. 8 dimensions: with 4 the first fifth of two streams at
     * a tenth of their bytes lost up to 1.6 %, with none up to 8 %.
     */
    private static final int ENTRY = 2;

    private final StoreLayout layout;
    private final RowFormat format;
    private final Densities kept = new Densities();
    private final Densities promised = new Densities();
    private final long[] ties = new long[TIES];
    private final float[] row;
    private final float[] fresh;
    private final int[] worth = new int[8];

    // -- of the sweep under way
    private Shard shard;
    private Removals removals;
    private long examples;
    private float fading;
    private boolean ages;
    private int restToExpire;
    private int price;
    private int tie;
    private int growthFloor;
    private boolean moved;
    private int grown;
    private boolean postponed;

    ShardSweep(StoreLayout layout) {
        this.layout = layout;
        format = layout.format;
        row = new float[format.unpackedLength()];
        fresh = new float[format.unpackedLength()];
    }

    /**
     * Sweeps.
     *
     * @param learnt examples learnt so far
     * @param share most of the words that may grow
     * @param gone takes the keys of evicted rows
     */
    void run(Shard swept, long learnt, double share, Removals gone) {
        shard = swept;
        removals = gone;
        examples = learnt;
        moved = false;
        fade();
        int indexLength = indexLength();
        long room = (long) ((1 - layout.config.headroom()) * shard.capacityWords(indexLength));
        measure();
        findPrice(room, (long) (share * room));
        if (price > Shard.FREE || ages) {
            shard.arena.slide(this::keep);
        }
        if (price > Shard.FREE) {
            shard.press();
        }
        if (shard.pressure != null) {
            grow();
        }
        if (moved || indexLength > shard.index.length()) {
            shard.index.rebuild(moved ? indexLength() : indexLength);
        }
        shard.price = price;
        shard.entryClass =
                price > Shard.FREE ? Math.min(ENTRY, format.fullClass()) : format.fullClass();
        shard.pressed = false;
        shard.sweptAt = learnt;
    }

    /** Of an index with room for the rows there are and twice the head-room. */
    private int indexLength() {
        return KeyIndex.lengthFor((long) (shard.arena.rows() * (1 + 2 * layout.config.headroom())));
    }

    private void fade() {
        StoreConfig config = layout.config;
        long elapsed = examples - shard.sweptAt;
        double factor = StrictMath.pow(0.5, (double) elapsed / layout.halfLife);
        fading = (float) factor;
        // 4 bits count sweeps without a touch; a long patience is counted in steps of several.
        long steps =
                config.expireEvents() == 0 ? 0 : Math.max(1, config.expireEvents() / layout.period);
        long stride = Math.max(1, (steps + RowMarks.MOST - 1) / RowMarks.MOST);
        ages =
                config.expireEvents() > 0
                        && examples / layout.period / stride
                                != shard.sweptAt / layout.period / stride;
        restToExpire = (int) ((steps + stride - 1) / stride);
        if (shard.sketch != null) {
            shard.sketch.decay(factor);
            shard.pressure.decay(fading);
        }
    }

    private void measure() {
        kept.clear();
        promised.clear();
        shard.arena.scan(
                (page, at, address) -> {
                    long key = RowFormat.key(page, at);
                    age(page, at, key);
                    int last = appraise(page, at);
                    int words = 0;
                    for (int c = 0; c <= last; c++) {
                        kept.add(worth[c], format.words(c) - words);
                        words = format.words(c);
                    }
                    int promise = promise(page, at, key, worth[last]);
                    if (promise > 0) {
                        promised.add(promise, format.words(last + 1) - words);
                    }
                });
    }

    private void age(int[] page, int at, long key) {
        int marks = format.marks(page, at);
        int chance = (int) Hashing.number(layout.seed ^ examples, key);
        marks = RowMarks.withImportance(marks, RowMarks.importance(marks) * fading, chance);
        format.setMarks(
                page, at, ages ? RowMarks.withRest(marks, RowMarks.rest(marks) + 1) : marks);
    }

    private boolean isExpired(int marks) {
        return restToExpire > 0
                && !RowMarks.isFallback(marks)
                && RowMarks.rest(marks) >= restToExpire;
    }

    /** Fills {@link #worth} for each part of a row and returns its class. */
    private int appraise(int[] page, int at) {
        int marks = format.marks(page, at);
        int last = RowMarks.sizeClass(marks);
        if (RowMarks.isFallback(marks)) {
            Arrays.fill(worth, 0, last + 1, Densities.BINS - 1);
            return last;
        }
        if (isExpired(marks)) {
            Arrays.fill(worth, 0, last + 1, 0);
            return last;
        }
        float importance = RowMarks.importance(marks);
        worth[0] = Densities.bin(importance, format.words(0));
        boolean isProtected = RowMarks.age(marks) < layout.config.protectTouches();
        if (last > 0 && !isProtected) {
            format.unpackServed(page, at, row, 0);
        }
        for (int c = 1; c <= last; c++) {
            int bin = worth[c - 1];
            if (!isProtected) {
                float length = squaredLength(format.width(c - 1), format.width(c));
                bin = Math.min(bin, blockBin(importance, length, c));
            }
            worth[c] = bin;
        }
        return last;
    }

    private float squaredLength(int from, int to) {
        float sum = 0;
        for (int d = from; d < to; d++) {
            sum += row[1 + d] * row[1 + d];
        }
        return sum;
    }

    private int blockBin(float importance, float squaredLength, int sizeClass) {
        float gain = (float) layout.config.blockWorth() * squaredLength * importance;
        return Densities.bin(gain, format.words(sizeClass) - format.words(sizeClass - 1));
    }

    /** The bin in which the next block competes; 0 when there is none to be had. */
    private int promise(int[] page, int at, long key, int lastWorth) {
        int marks = format.marks(page, at);
        int next = RowMarks.sizeClass(marks) + 1;
        if (shard.pressure == null
                || next > format.fullClass()
                || RowMarks.isFallback(marks)
                || isExpired(marks)
                || RowMarks.age(marks) < layout.config.protectTouches()) {
            return 0;
        }
        int lanes = Math.min(GrowthPressure.LANES, format.width(next) - format.width(next - 1));
        // Only the first dimensions are looked at; the others are taken to be like them.
        float length =
                shard.pressure.expected(key, KeyIndex.hash(key))
                        * (format.width(next) - format.width(next - 1))
                        / lanes;
        int bin = blockBin(RowMarks.importance(marks), length, next);
        return Math.min(lastWorth, bin - Densities.binsOf(layout.config.hysteresis()));
    }

    private void findPrice(long room, long mostGrowth) {
        growthFloor = Math.max(1, promised.floorFor(mostGrowth));
        long sum = 0;
        int bin = Densities.BINS;
        while (bin > 0) {
            long more = wordsIn(bin - 1);
            if (sum + more > room) {
                break;
            }
            sum += more;
            bin--;
        }
        price = bin;
        tie = bin == 0 ? 0 : tieFor(bin - 1, room - sum);
    }

    private long wordsIn(int bin) {
        return kept.get(bin) + (bin >= growthFloor ? promised.get(bin) : 0);
    }

    /** Shares out what room is left among the parts of one bin, by the hashes of their keys. */
    private int tieFor(int bin, long left) {
        Arrays.fill(ties, 0);
        shard.arena.scan(
                (page, at, address) -> {
                    long key = RowFormat.key(page, at);
                    int last = appraise(page, at);
                    int words = 0;
                    for (int c = 0; c <= last; c++) {
                        if (worth[c] == bin) {
                            ties[tieOf(key)] += format.words(c) - words;
                        }
                        words = format.words(c);
                    }
                });
        int from = TIES;
        long sum = 0;
        while (from > 0 && sum + ties[from - 1] <= left) {
            sum += ties[--from];
        }
        return from;
    }

    private static int tieOf(long key) {
        return (int) (Hashing.mix(key) >>> 56);
    }

    private boolean isWorthIt(int bin, long key) {
        return bin >= price || (bin == price - 1 && tieOf(key) >= tie);
    }

    private boolean keep(int[] page, int at) {
        long key = RowFormat.key(page, at);
        if (key == 0) {
            return false;
        }
        int marks = format.marks(page, at);
        int last = appraise(page, at);
        if (isExpired(marks) || !isWorthIt(worth[0], key)) {
            removals.add(key);
            moved = true;
            return false;
        }
        int sizeClass = 0;
        while (sizeClass < last && isWorthIt(worth[sizeClass + 1], key)) {
            sizeClass++;
        }
        if (sizeClass < last) {
            narrow(page, at, key, sizeClass);
        }
        return true;
    }

    private void narrow(int[] page, int at, long key, int sizeClass) {
        int marks = RowMarks.withSizeClass(format.marks(page, at), sizeClass) | RowMarks.CHANGED;
        format.setMarks(page, at, RowMarks.withAge(marks, 0));
        if (shard.pressure != null) {
            shard.pressure.forget(key, KeyIndex.hash(key));
        }
        moved = true;
    }

    /**
     * Gives the rows that promise most their next block: a wider copy at the end, the old one is
     * then closed up. In rounds, where the room for copies is short.
     */
    private void grow() {
        int floor = Math.max(price, growthFloor);
        do {
            grown = 0;
            postponed = false;
            shard.arena.scan((page, at, address) -> growIfPromising(page, at, floor));
            if (grown > 0) {
                moved = true;
                shard.arena.slide((page, at) -> RowFormat.key(page, at) != 0);
            }
        } while (grown > 0 && postponed);
    }

    private void growIfPromising(int[] page, int at, int floor) {
        long key = RowFormat.key(page, at);
        if (key == 0 || promise(page, at, key, worth[appraise(page, at)]) < floor) {
            return;
        }
        int next = RowMarks.sizeClass(format.marks(page, at)) + 1;
        if (shard.hasArenaRoom(next)) {
            widen(page, at, key, next);
            grown++;
        } else {
            postponed = true;
        }
    }

    /** New dimensions begin as those of a new row do; the sums of AdaGrad go on. */
    private void widen(int[] page, int at, long key, int sizeClass) {
        int width = format.unpack(page, at, row, 0);
        layout.initializer.initialize(key, fresh, 0);
        System.arraycopy(fresh, 1 + width, row, 1 + width, format.width(sizeClass) - width);
        int marks = RowMarks.withSizeClass(format.marks(page, at), sizeClass) | RowMarks.CHANGED;
        int address = shard.arena.append(key, sizeClass);
        long place = shard.directory.place(shard.number, address);
        int[] toPage = shard.directory.page(place);
        int to = RowDirectory.at(place);
        format.setMarks(toPage, to, RowMarks.withAge(marks, 0));
        format.pack(toPage, to, row, 0, Hashing.number(layout.seed + examples, key));
        page[at] = 0;
        page[at + 1] = 0;
        shard.pressure.forget(key, KeyIndex.hash(key));
    }
}
