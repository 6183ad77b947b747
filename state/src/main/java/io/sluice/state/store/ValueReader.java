package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.StreamReader;

/**
 * Reads the streaming values of one request and keeps them to be logged.
 *
 * <p>Scratch of one call, under the read lock of the entities; not thread-safe.
 */
final class ValueReader {

    private final StreamReader reader; // null: all values are unknown
    private final StreamedValues values;
    private final SlateValues kept;

    /** Knows nothing of a schema's values, and leaves them out of the log. */
    ValueReader(FeatureSchema schema) {
        reader = null;
        values = new StreamedValues(schema);
        kept = SlateValues.NONE;
    }

    /** Reads from these records. */
    ValueReader(ServedEntities entities, int items) {
        FeatureSchema schema = entities.plan().schema();
        StreamedAttributes names = entities.names();
        reader = names.isEmpty() ? null : new StreamReader(entities.plan(), entities);
        values = new StreamedValues(schema);
        kept = SlateValues.of(schema, names, items);
    }

    /** The values that all candidates share. */
    StreamedValues request(RerankRequest request) {
        if (reader != null) {
            reader.request(request.timestamp(), request.user(), request.context(), values);
            kept.keepRequest(values);
        }
        return values;
    }

    /** The values of a candidate, beside those of the request. */
    StreamedValues item(int index, Candidate item) {
        if (reader != null) {
            reader.item(item.id(), item.features(), values);
            kept.keepItem(index, values);
        }
        return values;
    }

    /** All that was read. */
    SlateValues kept() {
        return kept;
    }
}
