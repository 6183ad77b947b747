package io.sluice.state.store;

import io.sluice.state.model.Page;
import java.util.List;

/**
 * Pages that go into a store together.
 *
 * @param pages in the order of the stream; of several for one key the last counts
 * @param closed whether they end with the manifest that makes them visible; false for a part of a
 *     publication that is too large to be held in memory
 * @param resets whether all rows staged before, and the ranker's page, are to be removed first
 * @param voidBelow rows and ranker's pages of earlier epochs, staged before or in this batch, are
 *     void; 0 for none. Only a closed batch has it
 * @param position behind the last page
 */
public record PageBatch(
        List<Page> pages, boolean closed, boolean resets, int voidBelow, StreamPosition position) {

    /** Whether a page that was staged before is void; null is none. */
    public boolean voids(Page before) {
        return before != null && (resets || before.version().epoch() < voidBelow);
    }
}
