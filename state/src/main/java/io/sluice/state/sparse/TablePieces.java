package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A {@link BudgetedEmbeddingTable} as pieces of some pages each, see {@link PageCodec}: page p is
 * in piece p mod the number of pieces. Also reads pieces written under another budget, and those of
 * a table without one.
 */
final class TablePieces {

    private final MemoryBudget budget;
    private final StoreLayout layout;
    private final RowPages pages;
    private final GrowthPressure pressure;
    private final Removals removals;
    private final SweepClock clock;
    private final Readmission readmission;

    TablePieces(
            MemoryBudget budget,
            StoreLayout layout,
            RowPages pages,
            GrowthPressure pressure,
            Removals removals,
            SweepClock clock) {
        this.budget = budget;
        this.layout = layout;
        this.pages = pages;
        this.pressure = pressure;
        this.removals = removals;
        this.clock = clock;
        readmission = new Readmission(layout, pages);
    }

    /** Each piece repeats what belongs to no page. */
    void write(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (int number = 0; number < pages.count(); number++) {
            counts[number % groups] += pages.isEmpty(number) ? 0 : 1;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(EmbeddingTable.PAGES);
            PageCodec.writeLayout(budget, layout, outs[group]);
            clock.write(outs[group]);
            outs[group].writeInt(counts[group]);
        }
        for (int number = 0; number < pages.count(); number++) {
            if (!pages.isEmpty(number)) {
                PageCodec.write(layout, pages, pressure, number, outs[number % groups]);
            }
        }
    }

    /** Reads a piece over what its pages hold. */
    void read(DataInput in) throws IOException {
        int floats = in.readInt();
        if (floats != EmbeddingTable.PAGES) {
            new DenseRows(layout.format.dimensions() + 3).read(floats, in, readmission::adopt);
            return;
        }
        MemoryBudget found = PageCodec.readLayout(layout, in);
        clock.read(in);
        int count = in.readInt();
        if (found.equals(budget)) {
            for (int i = 0; i < count; i++) {
                PageCodec.read(layout, pages, pressure, in);
            }
        } else {
            readmission.read(layout.within(found), clock.examples(), count, in);
            // Nobody can name the rows that stay behind: all that there are are published anew.
            removals.lose();
        }
    }

    /** Forgets what was let go while pieces of another budget were read. */
    void clear() {
        readmission.clear();
    }
}
