package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamingFeature;
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

    private final StreamPlan plan;
    private final FieldReader fields;
    private final ScopeUpdate update = new ScopeUpdate();

    /** A router for this plan. */
    public FactRouter(StreamPlan plan) {
        this.plan = plan;
        fields = plan.fieldReader();
    }

    /**
     * Hands out what a fact means, one update for each entity.
     *
     * @param out takes an update that is overwritten afterwards
     */
    public void route(Fact fact, Consumer<ScopeUpdate> out) {
        fields.request(fact.time(), fact.user(), fact.context());
        fields.item(fact.item(), fact.features());
        long tie = fact.tie();
        for (EntityScope scope : plan.scopes()) {
            update.start(scope.index(), fact.time(), tie);
            for (int i = 0; i < scope.slots().size(); i++) {
                argue(fact, scope.slots().get(i), i);
            }
            if (update.mask() != 0) {
                send(scope, out);
            }
            furtherKeys(fact, scope, tie, out);
        }
    }

    private void send(EntityScope scope, Consumer<ScopeUpdate> out) {
        int entities = fields.entities(scope);
        for (int i = 0; i < entities; i++) {
            update.entity(fields.entity(i));
            out.accept(update);
        }
    }

    private void argue(Fact fact, Slot slot, int index) {
        if (!slot.takes(fact)) {
            return;
        }
        switch (slot.argument()) {
            case NONE -> update.take(index);
            case ONE -> number(index, 1);
            case SHARE -> {
                double label = slot.of().hasLabels() ? fact.label() : 1;
                number(index, fact.isOf(slot.of()) ? label : 0);
                update.push(
                        Double.doubleToRawLongBits(
                                slot.per() == null || fact.isOf(slot.per()) ? 1 : 0));
            }
            case KEY -> {
                FeatureVector keys = fields.keys(plan.field(slot.field()));
                if (keys.size() > 0) {
                    update.take(index);
                    update.push(keys.key(0));
                }
            }
            case NUMBER -> {
                double value = numberOf(fact, slot.field());
                if (!Double.isNaN(value)) {
                    number(index, Math.max(-LARGEST, Math.min(LARGEST, value)));
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
    private void furtherKeys(Fact fact, EntityScope scope, long tie, Consumer<ScopeUpdate> out) {
        for (int i = 0; i < scope.slots().size(); i++) {
            Slot slot = scope.slots().get(i);
            if (slot.argument() != Slot.Argument.KEY || !slot.takes(fact)) {
                continue;
            }
            FeatureVector keys = fields.keys(plan.field(slot.field()));
            for (int value = 1; value < keys.size(); value++) {
                if (!FieldReader.isRepeated(keys, value)) {
                    update.start(scope.index(), fact.time(), tie + value);
                    update.take(i);
                    update.push(keys.key(value));
                    send(scope, out);
                }
            }
        }
    }
}
