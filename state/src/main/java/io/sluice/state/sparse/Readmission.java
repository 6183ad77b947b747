package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Takes over rows of a table with another budget, or without one.
 *
 * <p>Under another budget keys belong to other pages. Each page keeps the rows of most importance
 * that it has met, the longest beginning of their order that fits; what comes behind a row that did
 * not fit is turned away, so what stays does not depend on the order in which pieces of a
 * checkpoint are read. Growth pressure stays behind and comes again. Scratch is one old page, and
 * one row's worth for each page. Not thread-safe.
 */
final class Readmission {

    /** A packed row by what it is worth. */
    private static final class Row {
        private final float importance;
        private final long key;
        private final int[] words;

        private Row(float importance, long key, int[] words) {
            this.importance = importance;
            this.key = key;
            this.words = words;
        }
    }

    /** Best first. */
    private static final Comparator<Row> ORDER =
            Comparator.comparingDouble((Row row) -> -row.importance)
                    .thenComparingLong(row -> RowPages.hash(row.key));

    private final StoreLayout layout;
    private final RowFormat format;
    private final RowPages pages;
    private final FloatRows floats;
    private Row[] firstOut; // of each page; null while all had room

    Readmission(StoreLayout layout, RowPages pages, FloatRows floats) {
        this.layout = layout;
        this.pages = pages;
        this.floats = floats;
        format = layout.format;
    }

    void clear() {
        firstOut = null;
    }

    /** Reads so many pages of a table with another layout, and moves their rows. */
    void read(StoreLayout old, SweepClock clock, int count, DataInput in) throws IOException {
        if (firstOut == null) {
            firstOut = new Row[layout.pages];
        }
        long examples = clock.examples();
        GrowthPressure pressure = new GrowthPressure(old.pages, old.candidates);
        RowPages from = new RowPages(old, new Ledger(Long.MAX_VALUE));
        Importance before = new Importance(old, from);
        FloatRows beside = new FloatRows(old);
        RowReturns returns = new RowReturns(old, from, beside, before, clock);
        Importance now = new Importance(layout, pages);
        for (int i = 0; i < count; i++) {
            int number = PageCodec.read(old, from, beside, pressure, in);
            returns.goBackTo(number);
            before.fade(number, before.step(examples));
            List<Row> rows = rows(from, number);
            rows.sort(Comparator.comparingInt(row -> pages.numberOf(RowPages.hash(row.key))));
            for (int first = 0; first < rows.size(); ) {
                int target = pages.numberOf(RowPages.hash(rows.get(first).key));
                int end = first;
                while (end < rows.size()
                        && pages.numberOf(RowPages.hash(rows.get(end).key)) == target) {
                    end++;
                }
                merge(target, rows.subList(first, end), now.step(examples));
                first = end;
            }
            from.clear(number);
        }
    }

    private List<Row> rows(RowPages from, int number) {
        List<Row> rows = new ArrayList<>();
        from.scan(
                number,
                (page, at) -> {
                    int[] words = Arrays.copyOfRange(page, at, at + format.wordsAt(page, at));
                    float importance = RowMarks.importance(format.marks(page, at));
                    rows.add(new Row(importance, RowFormat.key(page, at), words));
                });
        return rows;
    }

    private void merge(int number, List<Row> more, int step) {
        List<Row> rows = rows(pages, number);
        rows.addAll(more);
        rows.sort(ORDER);
        floats.scan(number, floats::free);
        pages.clear(number);
        for (Row row : rows) {
            boolean fits = pages.hasRoomForRow(number, row.words.length);
            if (!fits || (firstOut[number] != null && ORDER.compare(row, firstOut[number]) >= 0)) {
                firstOut[number] = row;
                break;
            }
            int sizeClass = RowMarks.sizeClass(row.words[format.marksAt()]);
            int at = pages.append(number, row.key, sizeClass);
            System.arraycopy(row.words, 0, pages.pageOf(number), at, row.words.length);
        }
        if (!pages.isEmpty(number)) {
            pages.setFaded(number, step);
        }
    }

    /** Takes a row over from a table without a budget, as wide as there is room. */
    void adopt(long key, float[] row) {
        long hash = RowPages.hash(key);
        int number = pages.numberOf(hash);
        int sizeClass = format.fullClass();
        while (sizeClass > layout.entryClass
                && !pages.hasRoomForRow(number, format.words(sizeClass))) {
            sizeClass--;
        }
        if (pages.find(key, hash) >= 0 || !pages.hasRoomForRow(number, format.words(sizeClass))) {
            return;
        }
        int at = pages.append(number, key, sizeClass);
        int marks = RowMarks.withImportance(RowMarks.withAge(sizeClass, RowMarks.MOST), 1, 0);
        format.pack(pages.pageOf(number), at, marks, row, 0, Hashing.number(layout.seed, key));
    }
}
