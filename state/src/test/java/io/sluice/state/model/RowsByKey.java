package io.sluice.state.model;

import io.sluice.state.sparse.EmbeddingTable;
import java.util.Arrays;
import java.util.Map;

/** What a server would hold: the served part of each row. */
record RowsByKey(Map<Long, float[]> rows) implements EmbeddingTable.Sink {

    @Override
    public void restarted() {
        rows.clear();
    }

    @Override
    public void removed(long key) {
        rows.remove(key);
    }

    @Override
    public void changed(long key, float[] values, int from, int width) {
        rows.put(key, Arrays.copyOfRange(values, from, from + width + 1));
    }
}
