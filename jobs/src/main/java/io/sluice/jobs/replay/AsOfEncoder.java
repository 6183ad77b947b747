package io.sluice.jobs.replay;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.feature.stream.StreamState;

/**
 * Encodes events with their streaming features as of the moment: all facts with an earlier time are
 * known, those of the moment itself are not. Times must not go back.
 */
final class AsOfEncoder {

    private final FeatureEncoder encoder;
    private final StreamState state;
    private final StreamReader reader;
    private final StreamedValues streamed;

    private long time;
    private String user;
    private Attributes context;
    private String item;
    private Attributes features;

    AsOfEncoder(FeatureSchema schema) {
        StreamPlan plan = StreamPlan.of(schema);
        encoder = new FeatureEncoder(schema);
        state = new StreamState(plan);
        reader = state.reader();
        streamed = new StreamedValues(schema);
    }

    /** Turns to a request. */
    void request(long at, String ofUser, Attributes inContext) {
        state.advance(at);
        time = at;
        user = ofUser;
        context = inContext;
        reader.request(at, ofUser, inContext, streamed);
    }

    /** Turns to one of its items. */
    void item(String id, Attributes ofItem) {
        item = id;
        features = ofItem;
        reader.item(id, ofItem, streamed);
    }

    /** What streaming features say of the item and the request turned to. */
    StreamedValues values() {
        return streamed;
    }

    /** Replaces the content of {@code out} by the features of the item at a position. */
    void encode(int position, FeatureVector out) {
        encoder.encode(time, user, context, item, features, position, streamed, out);
    }

    /** Takes a fact, to be known from the next moment on. */
    void add(Fact fact) {
        state.add(fact);
    }

    /** Memory of the records; 0 without streaming features. */
    long bytes() {
        return state.tables().bytes();
    }
}
