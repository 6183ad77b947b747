package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;

/**
 * What is done to a page from time to time: rows that nobody has touched for {@code expireEvents}
 * go, and rows grow.
 *
 * <p>A block that a row does not have yet promises, per word, {@code f · c·|v*|² / hysteresis},
 * with |v*|² the squared length that {@link GrowthPressure} expects of it. The row that promises
 * most is given it, as long as there is room or what is worth least in the page ({@link
 * PageMarket}) is worth less, and so on for at most {@code moveShare} of the page's rows. Bytes so
 * flow to where they are worth most, at a constant sum. Rows whose width has changed keep it for
 * {@code protectTouches} touches. O(rows) for each row that grows. Not thread-safe.
 */
final class PageSweep {

    private final StoreLayout layout;
    private final StoreConfig config;
    private final RowFormat format;
    private final RowPages pages;
    private final RowReturns returns;
    private final GrowthPressure pressure;
    private final PageMarket market;
    private final Removals removals;
    private final float fading;
    private final long stride; // sweeps from one step of a row's rest to the next
    private final int restToExpire;
    private final float[] row;
    private final float[] fresh;

    // -- what the last search found
    private int best;
    private float promise;

    PageSweep(
            StoreLayout layout,
            RowPages pages,
            RowReturns returns,
            GrowthPressure pressure,
            PageMarket market,
            Removals removals) {
        this.layout = layout;
        this.pages = pages;
        this.returns = returns;
        this.pressure = pressure;
        this.market = market;
        this.removals = removals;
        config = layout.config;
        format = layout.format;
        double halfLives = (double) layout.period / (layout.fadeEvents * StoreLayout.FADES);
        fading = (float) StrictMath.pow(0.5, halfLives);
        // 4 bits count sweeps without a touch; a long patience is counted in steps of several.
        long steps = Math.max(1, config.expireEvents() / layout.period);
        stride = Math.max(1, (steps + RowMarks.MOST - 1) / RowMarks.MOST);
        restToExpire = (int) ((steps + stride - 1) / stride);
        row = new float[format.unpackedLength()];
        fresh = new float[format.unpackedLength()];
    }

    /** Whether sweeps have anything to do. */
    boolean isNeeded() {
        return config.expireEvents() > 0 || layout.candidates > 0;
    }

    /**
     * Sweeps.
     *
     * @param examples learnt so far
     * @param share most of the rows that may grow
     */
    void run(int number, long examples, double share) {
        if (config.expireEvents() > 0 && examples / layout.period % stride == 0) {
            returns.goBackTo(number);
            expire(number);
        }
        if (layout.candidates > 0) {
            returns.goBackTo(number);
            pressure.decay(number, fading);
            int most = (int) Math.ceil(share * pages.pageOf(number)[RowPages.ROWS]);
            while (most-- > 0 && growBest(number, examples)) {}
        }
    }

    private void expire(int number) {
        int[] page = pages.pageOf(number);
        int rows = page[RowPages.ROWS];
        int at = RowPages.HEAD;
        while (at < page[RowPages.USED]) {
            int marks = format.marks(page, at);
            int rest = RowMarks.rest(marks) + 1;
            if (rest > restToExpire) {
                removals.add(RowFormat.key(page, at));
                pages.remove(number, at);
            } else {
                format.setMarks(page, at, RowMarks.withRest(marks, rest));
                at += format.wordsAt(page, at);
            }
        }
        if (page[RowPages.ROWS] < rows) {
            pages.shrinkIndex(number);
        }
    }

    private boolean growBest(int number, long examples) {
        searchBest(number);
        if (best < 0) {
            return false;
        }
        int[] page = pages.pageOf(number);
        long key = RowFormat.key(page, best);
        int next = RowMarks.sizeClass(format.marks(page, best)) + 1;
        int more = format.words(next) - format.words(next - 1);
        format.setMarks(page, best, format.marks(page, best) | RowMarks.IN_USE);
        boolean hasRoom = pages.hasRoom(number, more) || market.makeRoom(number, more, promise);
        int at = RowPages.at(pages.find(key, RowPages.hash(key)));
        format.setMarks(page, at, format.marks(page, at) & ~RowMarks.IN_USE);
        if (hasRoom) {
            widen(number, at, key, next, examples);
        }
        return hasRoom;
    }

    private void searchBest(int number) {
        best = -1;
        promise = 0;
        pages.scan(
                number,
                (page, at) -> {
                    float each = promise(number, page, at);
                    if (each > promise) {
                        promise = each;
                        best = at;
                    }
                });
    }

    private float promise(int number, int[] page, int at) {
        int marks = format.marks(page, at);
        int next = RowMarks.sizeClass(marks) + 1;
        if (next > format.fullClass() || RowMarks.age(marks) < config.protectTouches()) {
            return 0;
        }
        long key = RowFormat.key(page, at);
        int block = format.width(next) - format.width(next - 1);
        // Only the first dimensions are looked at; the others are taken to be like them.
        float length =
                pressure.expected(number, key, RowPages.hash(key))
                        * block
                        / Math.min(GrowthPressure.LANES, block);
        float worth = market.worthOf(RowMarks.importance(marks), length, next);
        return worth / (float) config.hysteresis();
    }

    /** New dimensions begin as those of a new row do; the sums of AdaGrad go on. */
    private void widen(int number, int at, long key, int sizeClass, long examples) {
        int width = format.unpack(pages.pageOf(number), at, row, 0);
        layout.initializer.initialize(key, fresh, 0, format.width(sizeClass));
        System.arraycopy(fresh, 1 + width, row, 1 + width, format.width(sizeClass) - width);
        int[] page = pages.widen(number, at, sizeClass);
        int marks = RowMarks.withAge(format.marks(page, at), 0) | RowMarks.CHANGED;
        format.pack(page, at, marks, row, 0, Hashing.number(layout.seed + examples, key));
        pressure.forget(number, key, RowPages.hash(key));
    }
}
