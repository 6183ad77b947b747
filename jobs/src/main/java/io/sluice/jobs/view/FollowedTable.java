package io.sluice.jobs.view;

import io.sluice.state.store.ServedTable;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;

/** A topic with any number of partitions that is folded into a table. */
abstract class FollowedTable<T extends ServedTable> implements FollowedView {

    private final String name;
    private final T table;
    private final ViewListener listener;

    FollowedTable(String name, T table, ViewListener listener) {
        this.name = name;
        this.table = table;
        this.listener = listener;
    }

    final T table() {
        return table;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int partitions() {
        return 0;
    }

    @Override
    public final boolean isStale() {
        return table.isStale();
    }

    @Override
    public final void rewind() throws IOException {
        table.rewind();
    }

    @Override
    public final StreamPosition position(int partition) throws IOException {
        return table.position(partition);
    }

    @Override
    public final void clear() throws IOException {
        table.clear();
    }

    @Override
    public final void commit(boolean live) throws IOException {
        table.commit();
        long newest = table.takeNewest();
        if (live && newest != Long.MIN_VALUE) {
            listener.fresh(name, System.currentTimeMillis() - newest);
        }
    }
}
