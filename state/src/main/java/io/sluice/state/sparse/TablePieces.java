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

    private final StoreLayout layout;
    private final RowPages pages;
    private final FloatRows floats;
    private final FieldMeans means;
    private final GrowthPressure pressure;
    private final Removals removals;
    private final SweepClock clock;
    private final Readmission readmission;

    TablePieces(
            StoreLayout layout,
            RowPages pages,
            FloatRows floats,
            FieldMeans means,
            GrowthPressure pressure,
            Removals removals,
            SweepClock clock) {
        this.layout = layout;
        this.pages = pages;
        this.floats = floats;
        this.means = means;
        this.pressure = pressure;
        this.removals = removals;
        this.clock = clock;
        readmission = new Readmission(layout, pages, floats);
    }

    /** Each piece repeats what belongs to no page, but for means, which the first one has. */
    void write(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (int number = 0; number < pages.count(); number++) {
            counts[number % groups] += pages.isEmpty(number) ? 0 : 1;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(kind());
            PageCodec.writeLayout(layout, outs[group]);
            clock.write(outs[group]);
            if (layout.means > 0) {
                outs[group].writeBoolean(group == 0);
            }
            if (group == 0) {
                means.write(outs[group]);
            }
            outs[group].writeInt(counts[group]);
        }
        for (int number = 0; number < pages.count(); number++) {
            if (!pages.isEmpty(number)) {
                PageCodec.write(layout, pages, floats, pressure, number, outs[number % groups]);
            }
        }
    }

    private int kind() {
        if (layout.means > 0) {
            return EmbeddingTable.WARM_PAGES;
        }
        return layout.floatRows > 0 ? EmbeddingTable.PAGES : EmbeddingTable.BARE_PAGES;
    }

    /** Reads a piece over what its pages hold. */
    void read(DataInput in) throws IOException {
        int kind = in.readInt();
        if (kind < EmbeddingTable.BARE_PAGES || kind > EmbeddingTable.WARM_PAGES) {
            new DenseRows(layout.format.dimensions() + 3).read(kind, in, readmission::adopt);
            return;
        }
        StoreLayout found = PageCodec.readLayout(layout, kind, in);
        clock.read(in);
        if (found.means > 0 && in.readBoolean()) {
            // Means of other fields are of no use.
            (found.means == layout.means ? means : new FieldMeans(found)).read(in);
        }
        int count = in.readInt();
        if (found.budget.equals(layout.budget)
                && found.floatRows == layout.floatRows
                && found.means == layout.means) {
            for (int i = 0; i < count; i++) {
                PageCodec.read(layout, pages, floats, pressure, in);
            }
        } else {
            readmission.read(found, clock, count, in);
            // Nobody can name the rows that stay behind: all that there are are published anew.
            removals.lose();
        }
    }

    /** Forgets what was let go while pieces of another layout were read. */
    void clear() {
        readmission.clear();
    }
}
