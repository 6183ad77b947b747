package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;

/**
 * Where rows go that an example has changed: into their page, or into a slot of {@link FloatRows}
 * and from there back into their page one day.
 *
 * <p>A row is let in where a slot is free or held by a row of less importance, which goes back.
 * Rows whose width has changed a short while ago stay out: their touches are still counted in the
 * page. Roundings are decided by a hash of seed, key and the number of examples. Not thread-safe.
 */
final class RowReturns {

    private final RowFormat format;
    private final RowPages pages;
    private final FloatRows floats;
    private final Importance importances;
    private final SweepClock clock;
    private final long seed;

    RowReturns(
            StoreLayout layout,
            RowPages pages,
            FloatRows floats,
            Importance importances,
            SweepClock clock) {
        this.pages = pages;
        this.floats = floats;
        this.importances = importances;
        this.clock = clock;
        format = layout.format;
        seed = layout.seed;
    }

    /**
     * An example has changed a row.
     *
     * @param place of the row in its page
     * @param values holds it unpacked from {@code from} on
     * @param importance that it gains
     */
    void touched(long place, float[] values, int from, float importance) {
        int number = RowPages.number(place);
        int[] page = pages.page(place);
        int at = RowPages.at(place);
        int step = importances.step(clock.examples());
        float unit = importances.unit(number, step);
        int marks = format.marks(page, at);
        float sum = RowMarks.importance(marks) + importance * unit;
        float recent = sum / unit * Importance.recent(step);
        int slot =
                RowMarks.age(marks) < RowMarks.MOST
                        ? FloatRows.ABSENT
                        : floats.slotFor(number, recent);
        if (slot == FloatRows.ABSENT) {
            pack(page, at, sum, values, from);
            return;
        }
        if (!floats.isFree(slot)) {
            goBack(slot);
        }
        format.setMarks(page, at, marks & ~(RowMarks.CHANGED | RowMarks.IN_USE));
        floats.put(slot, RowFormat.key(page, at), format.widthAt(page, at), values, from, recent);
    }

    /** All rows of a page that stand as floats go back. */
    void goBackTo(int number) {
        floats.scan(number, this::goBack);
    }

    private void goBack(int slot) {
        long key = floats.key(slot);
        long place = pages.find(key, RowPages.hash(key));
        int step = importances.step(clock.examples());
        float unit = importances.unit(RowPages.number(place), step);
        float importance = floats.importance(slot) / Importance.recent(step) * unit;
        int[] page = pages.page(place);
        pack(page, RowPages.at(place), importance, floats.values(), floats.position(slot));
        floats.free(slot);
    }

    private void pack(int[] page, int at, float importance, float[] values, int from) {
        long random = Hashing.mix(RowFormat.key(page, at) ^ (seed + clock.examples()));
        int marks = format.marks(page, at);
        marks = RowMarks.withImportance(marks, importance, (int) (random >>> 32));
        format.pack(page, at, RowMarks.touched(marks), values, from, random);
    }
}
