package io.sluice.state.feature.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The records of all scopes on the heap.
 *
 * <p>Not thread-safe.
 */
public final class StreamTables implements EntityRecords {

    private final StreamPlan plan;
    private final List<EntityTable> tables = new ArrayList<>();

    /** Empty tables. */
    public StreamTables(StreamPlan plan) {
        this.plan = plan;
        plan.scopes().forEach(scope -> tables.add(new EntityTable(scope)));
    }

    @Override
    public boolean copy(int scope, long key, long[] record) {
        return tables.get(scope).copy(key, record);
    }

    /**
     * Takes an update in.
     *
     * @param derived takes what follows of it for other scopes, to be applied behind all updates of
     *     the same moment
     */
    public void apply(ScopeUpdate update, Consumer<ScopeUpdate> derived) {
        EntityTable table = tables.get(update.scope());
        plan.derive(update, table::copy, derived);
        table.apply(update);
    }

    /** The table of a scope. */
    public EntityTable table(int scope) {
        return tables.get(scope);
    }

    /** Entities held. */
    public long entities() {
        return tables.stream().mapToLong(EntityTable::size).sum();
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        return tables.stream().mapToLong(EntityTable::bytes).sum();
    }
}
