package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureVector;

/**
 * What a reading may look at: the records of all scopes, and the candidate. Scratch of a {@link
 * StreamReader}.
 */
final class ReadContext {

    private final ScopeRecords[] records;
    private final FieldReader fields;
    private final boolean readsAttributes;
    private Attributes features = Attributes.EMPTY;

    ReadContext(StreamPlan plan, FieldReader fields) {
        records = new ScopeRecords[plan.scopes().size()];
        for (int i = 0; i < records.length; i++) {
            records[i] = new ScopeRecords(plan.scopes().get(i));
        }
        this.fields = fields;
        readsAttributes = plan.readings().stream().anyMatch(Reading::readsAttributes);
    }

    ScopeRecords records(int scope) {
        return records[scope];
    }

    FieldReader fields() {
        return fields;
    }

    FeatureVector keys(int field) {
        return fields.keys(field);
    }

    /** The candidate's attributes. */
    Attributes features() {
        return features;
    }

    void candidate(String item, Attributes ofItem) {
        keep(ofItem);
        fields.item(item, ofItem);
    }

    void candidate(EncodedItem declared, Attributes ofItem) {
        keep(ofItem);
        fields.item(declared);
    }

    /** Only where somebody reads them: keeping a reference is not free, see {@code RowPlaces}. */
    private void keep(Attributes ofItem) {
        if (readsAttributes) {
            features = ofItem;
        }
    }
}
