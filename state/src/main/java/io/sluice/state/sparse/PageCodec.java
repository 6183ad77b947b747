package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.check.InvalidValueException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Pages of a {@link BudgetedEmbeddingTable} as bytes.
 *
 * <pre>
 *   int     number
 *   int     words of the page and of what is beside it, entries of its index, words in use with
 *           those, rows, step of importance
 *   int…    the words of its rows in their order, without marks of the moment
 *   …       its places of growth pressure, where there are any
 *   …       its rows beside it, not in bare pages: byte how many; each: byte which of
 *           the page's slots, long key, floats as {@link FloatRows} has them, float importance
 * </pre>
 */
final class PageCodec {

    private PageCodec() {}

    static void writeLayout(StoreLayout layout, DataOutput out) throws IOException {
        out.writeLong(layout.budget.bytes());
        out.writeByte(layout.format.format().code());
        out.writeByte(layout.candidates);
        if (layout.means > 0 || layout.floatRows > 0) {
            out.writeByte(layout.floatRows);
        }
        if (layout.means > 0) {
            out.writeByte(layout.means);
        }
    }

    /**
     * Reads under which layout a piece was written, and refuses another format of values.
     *
     * @param kind what the piece began with
     * @return the layout
     */
    static StoreLayout readLayout(StoreLayout layout, int kind, DataInput in) throws IOException {
        long bytes = in.readLong();
        int format = in.readByte();
        int candidates = in.readByte();
        int floatRows = kind == EmbeddingTable.BARE_PAGES ? 0 : in.readUnsignedByte();
        int means = kind == EmbeddingTable.WARM_PAGES ? in.readUnsignedByte() : 0;
        if (format != layout.format.format().code()) {
            throw new CorruptStateException(
                    "model state: found values of format %d, expected %s; set model.store.values as it was or start without the old state"
                            .formatted(format, layout.format.format()));
        }
        if (candidates != layout.candidates) {
            throw new CorruptStateException(
                    "model state: found %d places of growth pressure a page, expected %d; set model.store.moveShare as it was, 0 or above, or start without the old state"
                            .formatted(candidates, layout.candidates));
        }
        try {
            return layout.within(new MemoryBudget(bytes), floatRows, means);
        } catch (InvalidValueException e) {
            throw new CorruptStateException(
                    "model state: found a budget of %d bytes, expected 65536 to 2^38"
                            .formatted(bytes));
        }
    }

    static void write(
            StoreLayout layout,
            RowPages pages,
            FloatRows floats,
            GrowthPressure pressure,
            int number,
            DataOutput out)
            throws IOException {
        RowFormat format = layout.format;
        int[] page = pages.pageOf(number);
        out.writeInt(number);
        out.writeInt(page.length + RowPages.BESIDE);
        out.writeInt(pages.entries(number));
        out.writeInt(page[RowPages.USED] + RowPages.BESIDE);
        out.writeInt(page[RowPages.ROWS]);
        out.writeInt(pages.faded(number));
        for (int at = RowPages.HEAD; at < page[RowPages.USED]; at += format.wordsAt(page, at)) {
            for (int i = 0; i < format.wordsAt(page, at); i++) {
                int kept = i == format.marksAt() ? ~(RowMarks.CHANGED | RowMarks.IN_USE) : -1;
                out.writeInt(page[at + i] & kept);
            }
        }
        pressure.write(number, out);
        writeFloats(layout, floats, number, out);
    }

    /** Reads a page over the one of its number, and returns that. */
    static int read(
            StoreLayout layout,
            RowPages pages,
            FloatRows floats,
            GrowthPressure pressure,
            DataInput in)
            throws IOException {
        int number = in.readInt();
        int length = in.readInt() - RowPages.BESIDE;
        int entries = in.readInt();
        int used = in.readInt() - RowPages.BESIDE;
        int rows = in.readInt();
        int faded = in.readInt();
        if (number < 0
                || number >= layout.pages
                || length < 0
                || length > layout.pageWords - RowPages.BESIDE
                || rows < 0
                || used < RowPages.HEAD
                || entries < PageIndex.entriesFor(rows)
                || (entries & 1) != 0
                || entries > Math.min(2 * length, PageIndex.MOST_ENTRIES)
                || used + PageIndex.words(entries) > length) {
            throw new CorruptStateException(
                    "model state: found page %d of %d words, %d of them used by %d rows and %d entries, which none can have"
                            .formatted(number, length, used, rows, entries));
        }
        floats.scan(number, floats::free);
        int[] page = pages.begin(number, length);
        pages.setFaded(number, faded);
        for (int i = RowPages.HEAD; i < used; i++) {
            page[i] = in.readInt();
        }
        check(layout, pages, number, page, used, rows);
        pages.finish(number, used, rows, entries);
        for (int at = RowPages.HEAD; at < used; at += layout.format.wordsAt(page, at)) {
            long key = RowFormat.key(page, at);
            if (RowPages.at(pages.find(key, RowPages.hash(key))) != at) {
                throw new CorruptStateException(
                        "model state: found key %x twice in page %d".formatted(key, number));
            }
        }
        pressure.read(number, in);
        readFloats(layout, pages, floats, number, in);
        return number;
    }

    private static void writeFloats(
            StoreLayout layout, FloatRows floats, int number, DataOutput out) throws IOException {
        if (floats.ways() == 0) {
            return;
        }
        int[] rows = {0};
        floats.scan(number, slot -> rows[0]++);
        out.writeByte(rows[0]);
        int first = floats.first(number);
        for (int slot = first; slot < first + floats.ways(); slot++) {
            if (floats.isOf(slot, number)) {
                out.writeByte(slot - first);
                out.writeLong(floats.key(slot));
                int from = floats.position(slot);
                for (int i = 0; i < floatsOf(layout); i++) {
                    out.writeFloat(floats.values()[from + i]);
                }
                out.writeFloat(floats.importance(slot));
            }
        }
    }

    private static void readFloats(
            StoreLayout layout, RowPages pages, FloatRows floats, int number, DataInput in)
            throws IOException {
        int rows = floats.ways() == 0 ? 0 : in.readUnsignedByte();
        float[] row = new float[floatsOf(layout)];
        for (int i = 0; i < rows; i++) {
            int way = in.readUnsignedByte();
            int slot = floats.first(number) + way;
            long key = in.readLong();
            long place = key == 0 ? RowPages.ABSENT : pages.find(key, RowPages.hash(key));
            if (place == RowPages.ABSENT
                    || RowPages.number(place) != number
                    || floats.find(key, number) != FloatRows.ABSENT
                    || way >= floats.ways()
                    || !floats.isFree(slot)) {
                throw new CorruptStateException(
                        "model state: found floats of key %x in slot %d of page %d, where none such can be"
                                .formatted(key, way, number));
            }
            for (int d = 0; d < row.length; d++) {
                row[d] = CorruptStateException.finite("a number of a row", in.readFloat());
            }
            float importance = CorruptStateException.finite("an importance", in.readFloat());
            int width = layout.format.widthAt(pages.page(place), RowPages.at(place));
            floats.restore(slot, key, width, row, 0, importance);
        }
    }

    /** Floats of an unpacked row. */
    private static int floatsOf(StoreLayout layout) {
        return layout.format.dimensions() + 3;
    }

    private static void check(
            StoreLayout layout, RowPages pages, int number, int[] page, int used, int rows)
            throws CorruptStateException {
        RowFormat format = layout.format;
        int at = RowPages.HEAD;
        int count = 0;
        while (at < used) {
            int head = at + format.marksAt();
            int sizeClass = head < used ? RowMarks.sizeClass(page[head]) : format.fullClass() + 1;
            long key = head < used ? RowFormat.key(page, at) : 0;
            if (key == 0
                    || sizeClass > format.fullClass()
                    || at + format.words(sizeClass) > used
                    || pages.numberOf(RowPages.hash(key)) != number) {
                throw new CorruptStateException(
                        "model state: found a row of key %x and class %d in page %d, where none such can be"
                                .formatted(key, sizeClass, number));
            }
            format.checkFinite(page, at);
            at += format.words(sizeClass);
            count++;
        }
        if (count != rows) {
            throw new CorruptStateException(
                    "model state: found %d rows in page %d, expected %d"
                            .formatted(count, number, rows));
        }
    }
}
