package io.sluice.state.feature.stream;

import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FieldEncoder;
import io.sluice.state.feature.Source;
import java.util.List;
import java.util.function.Consumer;

/**
 * How the streaming features of a schema are kept and read: scopes, their records, and one reading
 * for each feature. Equal schemas give equal plans.
 *
 * <p>Immutable; thread-safe.
 */
public final class StreamPlan {

    private final FeatureSchema schema;
    private final List<EntityScope> scopes;
    private final List<Reading> readings;
    private final List<Derivation> derivations;
    private final boolean[] derives;
    private final boolean[] follows;

    /**
     * A key that an update of one scope puts into a record of another.
     *
     * @param scope that is updated
     * @param last its slot of {@link LastKeys}
     * @param target the scope that follows
     * @param companions its slot of {@link Companions}
     */
    record Derivation(int scope, int last, int target, int companions) {}

    private StreamPlan(FeatureSchema schema, PlanBuilder parts) {
        this.schema = schema;
        scopes = parts.scopes();
        readings = parts.readings();
        derivations = parts.derivations();
        derives = new boolean[scopes.size()];
        follows = new boolean[scopes.size()];
        for (Derivation each : derivations) {
            derives[each.scope()] = true;
            follows[each.target()] = true;
        }
    }

    /**
     * The plan of a schema.
     *
     * @throws IllegalArgumentException when a streaming feature names what the schema does not have
     */
    public static StreamPlan of(FeatureSchema schema) {
        return new StreamPlan(schema, new PlanBuilder(schema));
    }

    /** What the plan was made of. */
    public FeatureSchema schema() {
        return schema;
    }

    /** All scopes, in the order in which features first need them. */
    public List<EntityScope> scopes() {
        return scopes;
    }

    /** One for each streaming feature, in the order of the schema. */
    List<Reading> readings() {
        return readings;
    }

    /** Whether updates of a scope lead to updates of others. */
    public boolean derives(int scope) {
        return derives[scope];
    }

    /** Whether records of a scope follow updates of others. */
    public boolean follows(int scope) {
        return follows[scope];
    }

    /** Whether any records follow updates of others. */
    public boolean derives() {
        return !derivations.isEmpty();
    }

    /** Whether any feature is computed from these facts. */
    public static boolean reads(FeatureSchema schema, FactSource.Type type) {
        return schema.streaming().stream()
                .anyMatch(
                        feature ->
                                feature.of().type() == type
                                        || (feature.per() != null && feature.per().type() == type));
    }

    /** Place of a declared feature in the schema. */
    int field(String name) {
        for (int i = 0; i < schema.features().size(); i++) {
            if (schema.features().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no feature is called '" + name + "'");
    }

    /** A reader of the fields that scopes and features need, and of no others. */
    FieldReader fieldReader() {
        FieldEncoder[] encoders = new FieldEncoder[schema.features().size()];
        for (EntityScope scope : scopes) {
            for (int field : scope.fields()) {
                encoders[field] = encoder(field);
            }
            for (Slot slot : scope.slots()) {
                if (slot.argument() == Slot.Argument.KEY) {
                    encoders[field(slot.field())] = encoder(field(slot.field()));
                }
            }
        }
        return new FieldReader(encoders);
    }

    private FieldEncoder encoder(int field) {
        return new FieldEncoder(schema.features().get(field), -1, 0);
    }

    /**
     * Hands out what follows of an update for other scopes; to be called before it is applied.
     *
     * @param records where the scope's records are
     * @param out takes updates of their own
     */
    public void derive(ScopeUpdate update, Records records, Consumer<ScopeUpdate> out) {
        for (Derivation each : derivations) {
            if (each.scope() == update.scope() && (update.mask() >>> each.last() & 1) != 0) {
                derive(each, update, records, out);
            }
        }
    }

    private void derive(
            Derivation rule, ScopeUpdate update, Records records, Consumer<ScopeUpdate> out) {
        EntityScope scope = scopes.get(rule.scope());
        EntityScope target = scopes.get(rule.target());
        long[] record = new long[scope.words()];
        if (!records.copy(update.key(), record) || scope.isEmpty(record, update.time())) {
            return;
        }
        long came = update.arg(argAt(scope, update.mask(), rule.last()));
        Slot slot = scope.slots().get(rule.last());
        LastKeys last = (LastKeys) slot.aggregate();
        for (int i = 0; i < last.size(); i++) {
            long before = last.key(i, record, slot.at());
            if (before != 0 && before != came) {
                out.accept(meeting(rule, target, update, came, before));
                out.accept(meeting(rule, target, update, before, came));
            }
        }
    }

    private static ScopeUpdate meeting(
            Derivation rule, EntityScope target, ScopeUpdate cause, long entity, long other) {
        return new ScopeUpdate(
                rule.target(),
                target.entity(entity),
                cause.time(),
                EntityScope.extend(cause.tie(), other),
                1L << rule.companions(),
                new long[] {other});
    }

    private static int argAt(EntityScope scope, long mask, int slot) {
        int at = 0;
        for (int i = 0; i < slot; i++) {
            if ((mask >>> i & 1) != 0) {
                at += scope.slots().get(i).aggregate().args();
            }
        }
        return at;
    }

    /**
     * Name of the declared feature that is the user's or the item's id; null when there is none.
     */
    static String idFeature(FeatureSchema schema, Source source) {
        return schema.features().stream()
                .filter(feature -> feature.source() == source)
                .map(FeatureSpec::name)
                .findFirst()
                .orElse(null);
    }

    /** Where the records of one scope are. */
    @FunctionalInterface
    public interface Records {
        /** Copies an entity's record; false when there is none. */
        boolean copy(long key, long[] record);
    }
}
