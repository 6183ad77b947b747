package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;

/**
 * Streaming values that a request carries itself, as a logged impression does ({@link
 * StreamedAttributes}); of a request without them, or with those of another schema, all are
 * unknown. They stand in a log already and are not kept.
 */
final class CarriedValues implements ValueReader {

    private final StreamedAttributes names;
    private final StreamedValues unknown;
    private final StreamedValues carried;
    private StreamedValues values;

    /** Reads values of this schema. */
    CarriedValues(FeatureSchema schema) {
        names = new StreamedAttributes(schema);
        unknown = new StreamedValues(schema);
        carried = new StreamedValues(schema);
        values = unknown;
    }

    @Override
    public void begin(int items) {
        values = unknown;
    }

    @Override
    public StreamedValues request(RerankRequest request) {
        if (names.isLogged(request.context())) {
            values = carried;
            names.readRequest(request.context(), values);
        }
        return values;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one of two
    public StreamedValues item(int index, Candidate item, EncodedItem declared) {
        if (values == carried) {
            names.readItem(item.features(), values);
        }
        return values;
    }

    @Override
    public SlateValues kept() {
        return SlateValues.NONE;
    }
}
