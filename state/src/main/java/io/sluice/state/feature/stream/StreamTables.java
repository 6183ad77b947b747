package io.sluice.state.feature.stream;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The records of all scopes on the heap.
 *
 * <p>Not thread-safe.
 */
public final class StreamTables implements EntityRecords {

    private final StreamPlan plan;
    private final EntityTable[] tables;

    /** Empty tables. */
    public StreamTables(StreamPlan plan) {
        this.plan = plan;
        tables = plan.scopes().stream().map(EntityTable::new).toArray(EntityTable[]::new);
    }

    @Override
    public boolean copy(int scope, long key, long[] record) {
        return tables[scope].copy(key, record);
    }

    /**
     * Takes an update in.
     *
     * @param derived takes what follows of it for other scopes, to be applied behind all updates of
     *     the same moment
     */
    public void apply(ScopeUpdate update, Consumer<ScopeUpdate> derived) {
        EntityTable table = tables[update.scope()];
        if (plan.derives(update.scope())) {
            plan.derive(update, table::copy, derived);
        }
        table.apply(update);
    }

    /** The table of a scope. */
    public EntityTable table(int scope) {
        return tables[scope];
    }

    /** Entities held. */
    public long entities() {
        return Arrays.stream(tables).mapToLong(EntityTable::size).sum();
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        return Arrays.stream(tables).mapToLong(EntityTable::bytes).sum();
    }
}
