package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.StreamedValues;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the streaming features of a request and its candidates: the records of the request once,
 * those of each candidate in turn.
 *
 * <p>A value is a function of the records and the moment; what happens after the moment must not be
 * in the records. Not thread-safe.
 */
public final class StreamReader {

    private final StreamPlan plan;
    private final EntityRecords records;
    private final ReadContext context;
    private final List<EntityScope> ofRequest = new ArrayList<>();
    private final List<EntityScope> ofItem = new ArrayList<>();
    private long now;

    /** A reader of these records. */
    public StreamReader(StreamPlan plan, EntityRecords records) {
        this.plan = plan;
        this.records = records;
        context = new ReadContext(plan);
        plan.scopes().forEach(scope -> (scope.perItem() ? ofItem : ofRequest).add(scope));
    }

    /** Reads all that the candidates of a request share. */
    public void request(long time, String user, Attributes ofRequestContext, StreamedValues out) {
        now = time;
        context.fields().request(time, user, ofRequestContext);
        read(ofRequest);
        write(false, out);
    }

    /** Reads what belongs to one candidate of the request. */
    public void item(String item, Attributes features, StreamedValues out) {
        context.candidate(item, features);
        read(ofItem);
        write(true, out);
    }

    private void read(List<EntityScope> scopes) {
        for (int i = 0; i < scopes.size(); i++) {
            context.records(scopes.get(i).index()).read(context.fields(), records, now);
        }
    }

    private void write(boolean perItem, StreamedValues out) {
        for (int i = 0; i < out.size(); i++) {
            if (out.perItem(i) != perItem) {
                continue;
            }
            Reading reading = plan.readings().get(i);
            if (reading instanceof Readings.Keys keys) {
                writeKeys(keys.place(), i, out);
            } else {
                out.number(i, reading.number(context, now));
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
