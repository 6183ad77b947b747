package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamReader;

/**
 * Streaming values as the records of entities have them now; kept to be logged. Every call is under
 * the read lock of the entities.
 */
final class EntityValues implements ValueReader {

    private final StreamPlan plan;
    private final StreamReader reader; // null: there are no streaming features
    private final StreamedAttributes names;
    private final StreamedValues values;
    private SlateValues kept = SlateValues.NONE;

    /** Reads from these records. */
    EntityValues(ServedEntities entities) {
        plan = entities.plan();
        names = entities.names();
        reader = names.isEmpty() ? null : new StreamReader(plan, entities);
        values = new StreamedValues(plan.schema());
    }

    /** Whether it reads by this plan. */
    @SuppressWarnings("ReferenceEquality") // of an equal one the records may be others
    boolean reads(StreamPlan wanted) {
        return plan == wanted;
    }

    @Override
    public void begin(int items) {
        if (reader != null) {
            kept = SlateValues.of(plan.schema(), names, items);
        }
    }

    @Override
    public StreamedValues request(RerankRequest request) {
        if (reader != null) {
            reader.request(request.timestamp(), request.user(), request.context(), values);
            kept.keepRequest(values);
        }
        return values;
    }

    @Override
    public StreamedValues item(int index, Candidate item, EncodedItem declared) {
        if (reader != null) {
            reader.item(declared, item.features(), values);
            kept.keepItem(index, values);
        }
        return values;
    }

    @Override
    public SlateValues kept() {
        return kept;
    }
}
