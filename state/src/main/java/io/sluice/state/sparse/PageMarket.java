package io.sluice.state.sparse;

/**
 * Finds what is worth least in a page, and lets go of it.
 *
 * <p>Each row is a chain of parts: the row of one's own in {@code model.store.entryDimensions}
 * dimensions, then one block after the other. With f the row's {@link Importance} they are worth
 *
 * <pre>
 *   own row    f / words of a row without values
 *   block b    f · c·|v_b|² / words of the block        what it would cost to lose it
 * </pre>
 *
 * <p>per word, c being {@code blockWorth}. Losing a block changes the log-odds by v_b·S_b, the loss
 * in second order by {@code ½ p(1−p)(v_b·S_b)²} (LeCun et al., "Optimal Brain Damage", NIPS 1989),
 * which is where |v_b|² comes from; S is left out, being about the same for all. The last part of
 * the row goes whose part is worth least; of equal ones the first in the page. Rows of the example
 * under way stay. O(rows of the page) for each part that goes. Not thread-safe.
 */
final class PageMarket {

    private final StoreLayout layout;
    private final RowFormat format;
    private final RowPages pages;
    private final Removals removals;
    private final float ownWords;
    private final float[] row;

    // -- what the last search found
    private int least;
    private float worth;
    private boolean isBlock;

    PageMarket(StoreLayout layout, RowPages pages, Removals removals) {
        this.layout = layout;
        this.pages = pages;
        this.removals = removals;
        format = layout.format;
        ownWords = format.words(0);
        row = new float[format.unpackedLength()];
    }

    /**
     * Makes room for one more row.
     *
     * @return whether there is room now
     */
    boolean makeRoomForRow(int number, int words) {
        boolean found = true;
        while (found && !pages.hasRoomForRow(number, words)) {
            found = sellLeast(number, Float.POSITIVE_INFINITY);
        }
        pages.shrinkIndex(number);
        return found && pages.hasRoomForRow(number, words);
    }

    /** Makes room for more words of one row, as long as what goes for them is worth less. */
    boolean makeRoom(int number, int words, float offer) {
        boolean found = true;
        while (found && !pages.hasRoom(number, words)) {
            found = sellLeast(number, offer);
        }
        pages.shrinkIndex(number);
        return found && pages.hasRoom(number, words);
    }

    private boolean sellLeast(int number, float offer) {
        int[] page = pages.pageOf(number);
        search(page);
        if (least < 0 || worth >= offer) {
            return false;
        }
        int marks = format.marks(page, least);
        if (isBlock) {
            int narrower = RowMarks.withAge(marks, 0) | RowMarks.CHANGED;
            format.setMarks(page, least, narrower);
            pages.narrow(number, least, RowMarks.sizeClass(marks) - 1);
        } else {
            removals.add(RowFormat.key(page, least));
            pages.remove(number, least);
        }
        return true;
    }

    private void search(int[] page) {
        least = -1;
        worth = Float.POSITIVE_INFINITY;
        int at = RowPages.HEAD;
        while (at < page[RowPages.USED]) {
            int marks = page[at + format.marksAt()];
            int sizeClass = RowMarks.sizeClass(marks);
            if (!RowMarks.isInUse(marks)) {
                float importance = RowMarks.importance(marks);
                float each = importance / ownWords;
                boolean block = false;
                if (sizeClass > layout.entryClass) {
                    float last = blockWorth(page, at, importance, sizeClass);
                    block = last < each && RowMarks.age(marks) >= layout.config.protectTouches();
                    each = block ? last : each;
                }
                if (each < worth) {
                    worth = each;
                    least = at;
                    isBlock = block;
                }
            }
            at += format.words(sizeClass);
        }
    }

    private float blockWorth(int[] page, int at, float importance, int sizeClass) {
        format.unpackServed(page, at, row, 0);
        int from = format.width(sizeClass - 1);
        int to = format.width(sizeClass);
        float squares = 0;
        for (int d = from; d < to; d++) {
            squares += row[1 + d] * row[1 + d];
        }
        return worthOf(importance, squares, sizeClass);
    }

    /** What a row's block of this class and squared length is worth per word. */
    float worthOf(float importance, float squares, int sizeClass) {
        int words = format.words(sizeClass) - format.words(sizeClass - 1);
        return importance * (float) layout.config.blockWorth() * squares / words;
    }
}
