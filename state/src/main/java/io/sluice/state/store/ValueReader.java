package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamReader;

/**
 * Reads the streaming values of one request and keeps them to be logged.
 *
 * <p>Scratch of one thread, under the read lock of the entities; not thread-safe.
 */
final class ValueReader {

    private final StreamPlan plan; // null: all values are unknown
    private final StreamReader reader; // null too where there are no streaming features
    private final StreamedAttributes names;
    private final StreamedValues values;
    private SlateValues kept = SlateValues.NONE;

    /** Knows nothing of a schema's values, and leaves them out of the log. */
    ValueReader(FeatureSchema schema) {
        plan = null;
        reader = null;
        names = null;
        values = new StreamedValues(schema);
    }

    /** Reads from these records. */
    ValueReader(ServedEntities entities) {
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

    /** Begins a request of these many candidates; what was kept before is somebody else's. */
    void begin(int items) {
        if (reader != null) {
            kept = SlateValues.of(plan.schema(), names, items);
        }
    }

    /** The values that all candidates share. */
    StreamedValues request(RerankRequest request) {
        if (reader != null) {
            reader.request(request.timestamp(), request.user(), request.context(), values);
            kept.keepRequest(values);
        }
        return values;
    }

    /**
     * The values of a candidate, beside those of the request.
     *
     * @param declared its declared features, of the same schema
     */
    StreamedValues item(int index, Candidate item, EncodedItem declared) {
        if (reader != null) {
            reader.item(declared, item.features(), values);
            kept.keepItem(index, values);
        }
        return values;
    }

    /** All that was read. */
    SlateValues kept() {
        return kept;
    }
}
