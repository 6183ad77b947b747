package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.StreamingFeature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the streaming features of a request and its candidates: the records of the request once,
 * those of each candidate in turn.
 *
 * <p>A value is a function of the records and the moment; what happens after the moment must not be
 * in the records. Not thread-safe.
 */
public final class StreamReader {

    private final EntityRecords records;
    private final ReadContext context;
    private final Part ofRequest;
    private final Part ofItem;
    private long now;

    /** What is read of a request, or of an item: scopes, and the features that they give. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(EntityScope[] scopes, Reading[] readings, int[] features) {

        static Part of(StreamPlan plan, boolean perItem) {
            List<StreamingFeature> all = plan.schema().streaming();
            int[] features =
                    IntStream.range(0, all.size())
                            .filter(i -> plan.schema().perItem(all.get(i)) == perItem)
                            .toArray();
            return new Part(
                    plan.scopes().stream()
                            .filter(scope -> scope.perItem() == perItem)
                            .toArray(EntityScope[]::new),
                    Arrays.stream(features)
                            .mapToObj(i -> plan.readings().get(i))
                            .toArray(Reading[]::new),
                    features);
        }
    }

    /** A reader of these records. */
    public StreamReader(StreamPlan plan, EntityRecords records) {
        this(plan, records, plan.fieldReader());
    }

    /** A reader that shares what is read of events with a router of the same plan. */
    StreamReader(StreamPlan plan, EntityRecords records, FieldReader fields) {
        this.records = records;
        context = new ReadContext(plan, fields);
        ofRequest = Part.of(plan, false);
        ofItem = Part.of(plan, true);
    }

    /** Reads all that the candidates of a request share. */
    public void request(long time, String user, Attributes ofRequestContext, StreamedValues out) {
        now = time;
        context.fields().request(time, user, ofRequestContext);
        read(ofRequest, out);
    }

    /** Reads what belongs to one candidate of the request. */
    public void item(String item, Attributes features, StreamedValues out) {
        context.candidate(item, features);
        read(ofItem, out);
    }

    /**
     * The same of a candidate that is encoded already.
     *
     * @param declared of the same features as the plan's
     */
    public void item(EncodedItem declared, Attributes features, StreamedValues out) {
        context.candidate(declared, features);
        read(ofItem, out);
    }

    private void read(Part part, StreamedValues out) {
        for (EntityScope scope : part.scopes) {
            context.records(scope.index()).read(context.fields(), records, now);
        }
        for (int i = 0; i < part.features.length; i++) {
            Reading reading = part.readings[i];
            if (reading instanceof Readings.Keys keys) {
                writeKeys(keys.place(), part.features[i], out);
            } else {
                out.number(part.features[i], reading.number(context, now));
            }
        }
    }

    private void writeKeys(Readings.Place place, int feature, StreamedValues out) {
        out.clearKeys(feature);
        LastKeys last = (LastKeys) place.slot().aggregate();
        ScopeRecords found = context.records(place.scope());
        for (int r = 0; r < found.count(); r++) {
            for (int i = 0; i < last.size(); i++) {
                long key = last.key(i, found.record(r), place.at());
                if (key != 0) {
                    out.addKey(feature, key);
                }
            }
        }
    }
}
