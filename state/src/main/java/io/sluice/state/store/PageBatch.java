package io.sluice.state.store;

import io.sluice.state.model.Page;
import java.util.List;

/**
 * Pages that go into a store together.
 *
 * @param pages in the order of the stream; of several for one key the last counts
 * @param closed whether they end with the manifest that makes them visible; false for a part of a
 *     publication that is too large to be held in memory
 * @param resets whether all rows staged before are to be removed first
 * @param position behind the last page
 */
public record PageBatch(
        List<Page> pages, boolean closed, boolean resets, StreamPosition position) {}
