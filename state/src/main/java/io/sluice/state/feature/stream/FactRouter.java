package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamingFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says which entities a fact changes, and how.
 *
 * <p>A fact changes each entity that its fields name, in every scope that counts it. Not
 * thread-safe.
 */
public final class FactRouter {

    /** Squares of larger numbers would not stay finite in a sum, and spoil it for good. */
    private static final double LARGEST = 1e100;

    private final FieldReader fields;
    private final FactSource[] sources;
    private final Part[] parts;

    // -- scratch
    private final boolean[] met; // whether the fact is one of each source
    private final ScopeUpdate update = new ScopeUpdate();

    /** A scope with what is looked up once instead of for each fact. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(EntityScope scope, Entry[] entries, boolean hasKeys) {}

    /**
     * A slot that facts change.
     *
     * @param of place of its source among all
     * @param per the same for those divided by; that of {@code of} where all are
     * @param field whose keys it takes; -1 for none
     */
    private record Entry(int index, Slot slot, int of, int per, int field) {}

    /** A router for this plan. */
    public FactRouter(StreamPlan plan) {
        this(plan, plan.fieldReader());
    }

    /** A router that shares what is read of events with a reader of the same plan. */
    FactRouter(StreamPlan plan, FieldReader fields) {
        this.fields = fields;
        List<FactSource> all = new ArrayList<>();
        parts = plan.scopes().stream().map(scope -> part(plan, scope, all)).toArray(Part[]::new);
        sources = all.toArray(FactSource[]::new);
        met = new boolean[sources.length];
    }

    private static Part part(StreamPlan plan, EntityScope scope, List<FactSource> all) {
        List<Entry> entries = new ArrayList<>();
        boolean hasKeys = false;
        for (int i = 0; i < scope.slots().size(); i++) {
            Slot slot = scope.slots().get(i);
            if (slot.argument() != Slot.Argument.DERIVED) {
                boolean isKey = slot.argument() == Slot.Argument.KEY;
                hasKeys |= isKey;
                int of = place(slot.of(), all);
                int per = slot.per() == null ? of : place(slot.per(), all);
                entries.add(new Entry(i, slot, of, per, isKey ? plan.field(slot.field()) : -1));
            }
        }
        return new Part(scope, entries.toArray(Entry[]::new), hasKeys);
    }

    private static int place(FactSource source, List<FactSource> all) {
        if (!all.contains(source)) {
            all.add(source);
        }
        return all.indexOf(source);
    }

    /**
     * Hands out what a fact means, one update for each entity.
     *
     * @param tie of the fact, which its updates get; 0 where nobody orders them
     * @param out takes an update that is overwritten afterwards
     */
    public void route(Fact fact, long tie, Consumer<ScopeUpdate> out) {
        fields.request(fact.time(), fact.user(), fact.context());
        fields.item(fact.item(), fact.features());
        for (int i = 0; i < sources.length; i++) {
            met[i] = fact.isOf(sources[i]);
        }
        for (Part part : parts) {
            update.start(part.scope.index(), fact.time(), tie);
            for (Entry entry : part.entries) {
                if (isTaken(entry)) {
                    argue(fact, entry);
                }
            }
            if (update.mask() != 0) {
                send(part.scope, out);
            }
            if (part.hasKeys) {
                furtherKeys(fact, part, tie, out);
            }
        }
    }

    private boolean isTaken(Entry entry) {
        return met[entry.of] || met[entry.per];
    }

    private void send(EntityScope scope, Consumer<ScopeUpdate> out) {
        int entities = fields.entities(scope);
        for (int i = 0; i < entities; i++) {
            update.entity(fields.entity(i));
            out.accept(update);
        }
    }

    private void argue(Fact fact, Entry entry) {
        Slot slot = entry.slot;
        switch (slot.argument()) {
            case NONE -> update.take(entry.index);
            case ONE -> number(entry.index, 1);
            case SHARE -> {
                double label = slot.of().hasLabels() ? fact.label() : 1;
                number(entry.index, met[entry.of] ? label : 0);
                boolean counts = slot.per() == null || met[entry.per];
                update.push(Double.doubleToRawLongBits(counts ? 1 : 0));
            }
            case KEY -> {
                FeatureVector keys = fields.keys(entry.field);
                if (keys.size() > 0) {
                    update.take(entry.index);
                    update.push(keys.key(0));
                }
            }
            case NUMBER -> {
                double value = numberOf(fact, slot.field());
                if (!Double.isNaN(value)) {
                    number(entry.index, Math.max(-LARGEST, Math.min(LARGEST, value)));
                }
            }
            default -> {} // derived keys come from another scope's update
        }
    }

    private void number(int index, double value) {
        update.take(index);
        update.push(Double.doubleToRawLongBits(value));
    }

    private static double numberOf(Fact fact, String field) {
        return field.equals(StreamingFeature.VALUE)
                ? fact.value()
                : attribute(fact.features(), field);
    }

    /** A number of the item; NaN when it has none of this name. */
    static double attribute(Attributes features, String name) {
        int first = features.first(name);
        return first < 0 ? Double.NaN : features.asNumber(first);
    }

    /** The second and later different values of a field, each an update of its own. */
    private void furtherKeys(Fact fact, Part part, long tie, Consumer<ScopeUpdate> out) {
        for (Entry entry : part.entries) {
            if (entry.field < 0 || !isTaken(entry)) {
                continue;
            }
            FeatureVector keys = fields.keys(entry.field);
            for (int value = 1; value < keys.size(); value++) {
                if (!FieldReader.isRepeated(keys, value)) {
                    update.start(part.scope.index(), fact.time(), tie + value);
                    update.take(entry.index);
                    update.push(keys.key(value));
                    send(part.scope, out);
                }
            }
        }
    }
}
