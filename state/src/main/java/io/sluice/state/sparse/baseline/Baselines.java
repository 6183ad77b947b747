package io.sluice.state.sparse.baseline;

import io.sluice.state.sparse.EmbeddingTable;
import io.sluice.state.sparse.TableKind;

/** Makes baselines. */
public final class Baselines {

    private Baselines() {}

    /** An empty table of a kind. */
    public static EmbeddingTable of(TableKind kind, TableSettings settings) {
        return switch (kind) {
            case HASHING -> new HashedTable(settings);
            case LFU, FREQUENCY -> new KeyedTable(kind, settings);
            case QUOTIENT -> new QuotientTable(settings);
            case CAFE -> new CafeTable(settings);
            case FTRL -> new FtrlTable(settings);
            case OWN -> throw new IllegalArgumentException("the model's own table is no baseline");
        };
    }
}
