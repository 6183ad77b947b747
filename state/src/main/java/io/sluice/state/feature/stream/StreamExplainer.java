package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.StreamedValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what each streaming feature of a user and an item is, and what it was read from. The values
 * are those of {@link StreamReader}.
 *
 * <p>For people, not for requests: allocates freely. Not thread-safe.
 */
public final class StreamExplainer {

    private final StreamPlan plan;
    private final EntityRecords records;

    /** Explains what these records say. */
    public StreamExplainer(StreamPlan plan, EntityRecords records) {
        this.plan = plan;
        this.records = records;
    }

    /** Explains all features, in the order of the schema. */
    public List<ExplainedFeature> explain(
            long time, String user, Attributes context, String item, Attributes features) {
        FeatureSchema schema = plan.schema();
        StreamedValues values = new StreamedValues(schema);
        StreamReader reader = new StreamReader(plan, records);
        reader.request(time, user, context, values);
        reader.item(item, features, values);
        FieldReader fields = plan.fieldReader();
        fields.request(time, user, context);
        fields.item(item, features);
        List<ExplainedFeature> all = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<Long> keys = new ArrayList<>();
            for (int k = 0; k < values.keys(i); k++) {
                keys.add(values.key(i, k));
            }
            all.add(
                    new ExplainedFeature(
                            schema.streaming().get(i),
                            values.number(i),
                            keys,
                            evidence(plan.readings().get(i).place(), fields, time)));
        }
        return all;
    }

    private List<Evidence> evidence(Readings.Place place, FieldReader fields, long time) {
        EntityScope scope = plan.scopes().get(place.scope());
        List<Evidence> all = new ArrayList<>();
        int entities = fields.entities(scope);
        for (int i = 0; i < entities; i++) {
            all.add(evidence(scope, place.slot(), fields.entity(i), time));
        }
        return all;
    }

    private Evidence evidence(EntityScope scope, Slot slot, long key, long time) {
        long[] record = new long[scope.words()];
        if (!records.copy(scope.index(), key, record)) {
            return new Evidence(scope.index(), key, false, false, Long.MIN_VALUE, Map.of());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        slot.aggregate().describe(record, slot.at(), time, figures::put);
        return new Evidence(
                scope.index(),
                key,
                true,
                scope.isEmpty(record, time),
                scope.lastFact(record),
                figures);
    }
}
