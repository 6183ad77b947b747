package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A {@link BudgetedEmbeddingTable} as pieces of some shards each, see {@link ShardCodec}. Also
 * reads pieces written under another budget, and those of a table without one.
 */
final class TablePieces {

    private final MemoryBudget budget;
    private final StoreLayout layout;
    private final Shard[] shards;
    private final Removals removals;
    private final SweepClock clock;

    TablePieces(
            MemoryBudget budget,
            StoreLayout layout,
            Shard[] shards,
            Removals removals,
            SweepClock clock) {
        this.budget = budget;
        this.layout = layout;
        this.shards = shards;
        this.removals = removals;
        this.clock = clock;
    }

    /** Each piece repeats what belongs to no shard. */
    void write(int groups, DataOutput[] outs) throws IOException {
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(EmbeddingTable.SHARDS);
            ShardCodec.writeLayout(budget, layout, outs[group]);
            clock.write(outs[group]);
            outs[group].writeInt((shards.length + groups - 1 - group) / groups);
        }
        for (Shard shard : shards) {
            ShardCodec.write(shard, outs[shard.number % groups]);
        }
    }

    /** Reads a piece over what its shards hold. */
    void read(DataInput in) throws IOException {
        int floats = in.readInt();
        if (floats != EmbeddingTable.SHARDS) {
            new DenseRows(layout.format.dimensions() + 3).read(floats, in, this::adopt);
            return;
        }
        MemoryBudget found = ShardCodec.readLayout(layout, in);
        clock.read(in);
        int count = in.readInt();
        if (found.equals(budget)) {
            for (int i = 0; i < count; i++) {
                ShardCodec.read(shards, in);
            }
        } else {
            readmit(found, count, in);
        }
    }

    /** Nobody can name the rows that stay behind, so all that there are will be published anew. */
    private void readmit(MemoryBudget old, int count, DataInput in) throws IOException {
        Readmission readmission = new Readmission(layout.within(old), shards);
        for (int i = 0; i < count; i++) {
            readmission.read(in);
        }
        removals.lose();
    }

    private void adopt(long key, float[] row) {
        ShardCodec.adopt(shards[layout.shard(KeyIndex.hash(key))], key, row);
    }
}
