package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.FieldEncoder;

/**
 * The keys of the fields that scopes and features read, of one request and one of its items.
 *
 * <p>What was read last is not read again: in one process an event is read for its values, and then
 * as a fact. Scratch; not thread-safe.
 */
final class FieldReader {

    /** The most entities that one fact or candidate names in a scope. */
    private static final int MOST = 32;

    private final FieldEncoder[] encoders;
    private final FeatureVector[] keys;
    private final long[] entities = new long[MOST];
    private int found;

    private long lastTime = Long.MIN_VALUE;
    private String lastUser;
    private Attributes lastContext;
    private String lastItem;
    private Attributes lastFeatures;

    /**
     * A reader.
     *
     * @param encoders one for each feature of the schema; null for those that nobody reads
     */
    FieldReader(FieldEncoder[] encoders) {
        this.encoders = encoders;
        keys = new FeatureVector[encoders.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new FeatureVector(4);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are read again
    void request(long time, String user, Attributes context) {
        if (time == lastTime && user.equals(lastUser) && context == lastContext) {
            return;
        }
        lastTime = time;
        lastUser = user;
        lastContext = context;
        for (int i = 0; i < encoders.length; i++) {
            if (encoders[i] != null && !encoders[i].perItem()) {
                keys[i].clear();
                encoders[i].appendOfRequest(time, user, context, keys[i]);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are read again
    void item(String item, Attributes features) {
        if (item.equals(lastItem) && features == lastFeatures) {
            return;
        }
        lastItem = item;
        lastFeatures = features;
        for (int i = 0; i < encoders.length; i++) {
            if (encoders[i] != null && encoders[i].perItem()) {
                keys[i].clear();
                encoders[i].appendOfItem(item, features, FeatureEncoder.NEUTRAL_POSITION, keys[i]);
            }
        }
    }

    /** Takes what is encoded already. */
    void item(EncodedItem declared) {
        lastItem = null;
        for (int i = 0; i < encoders.length; i++) {
            if (encoders[i] != null && encoders[i].perItem()) {
                declared.keys(i, keys[i]);
            }
        }
    }

    FeatureVector keys(int field) {
        return keys[field];
    }

    /**
     * Names a scope's entities: each combination of different values of its fields, none when a
     * field has no value. What is beyond 32 is left out.
     *
     * @return how many; {@link #entity} has their keys
     */
    int entities(EntityScope scope) {
        found = 0;
        combine(scope, 0, scope.seed());
        return found;
    }

    /** Key of entity {@code i} of those that {@link #entities} named last. */
    long entity(int i) {
        return entities[i];
    }

    private void combine(EntityScope scope, int part, long prefix) {
        if (part == scope.fields().length) {
            entities[found++] = EntityScope.close(prefix);
            return;
        }
        FeatureVector values = keys[scope.fields()[part]];
        for (int i = 0; i < values.size() && found < MOST; i++) {
            if (!isRepeated(values, i)) {
                combine(scope, part + 1, EntityScope.extend(prefix, values.key(i)));
            }
        }
    }

    /** Whether a key stands further in front too. */
    static boolean isRepeated(FeatureVector values, int at) {
        for (int i = 0; i < at; i++) {
            if (values.key(i) == values.key(at)) {
                return true;
            }
        }
        return false;
    }
}
