package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.FieldEncoder;

/**
 * The keys of the fields that scopes and features read, of one request and one of its items.
 *
 * <p>Scratch; not thread-safe.
 */
final class FieldReader {

    private final FieldEncoder[] encoders;
    private final FeatureVector[] keys;

    FieldReader(FieldEncoder[] encoders) {
        this.encoders = encoders;
        keys = new FeatureVector[encoders.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new FeatureVector(4);
        }
    }

    void request(long time, String user, Attributes context) {
        for (int i = 0; i < encoders.length; i++) {
            if (!encoders[i].perItem()) {
                keys[i].clear();
                encoders[i].appendOfRequest(time, user, context, keys[i]);
            }
        }
    }

    void item(String item, Attributes features) {
        for (int i = 0; i < encoders.length; i++) {
            if (encoders[i].perItem()) {
                keys[i].clear();
                encoders[i].appendOfItem(item, features, FeatureEncoder.NEUTRAL_POSITION, keys[i]);
            }
        }
    }

    FeatureVector keys(int field) {
        return keys[field];
    }

    /**
     * Hands out the keys of a scope's entities: each combination of the values of its fields, none
     * when a field has no value.
     */
    void entities(EntityScope scope, KeyConsumer out) {
        combine(scope, 0, scope.seed(), out);
    }

    private void combine(EntityScope scope, int part, long prefix, KeyConsumer out) {
        if (part == scope.fields().length) {
            out.accept(EntityScope.close(prefix));
            return;
        }
        FeatureVector values = keys[scope.fields()[part]];
        for (int i = 0; i < values.size(); i++) {
            combine(scope, part + 1, EntityScope.extend(prefix, values.key(i)), out);
        }
    }

    /** Takes the key of an entity. */
    @FunctionalInterface
    interface KeyConsumer {
        void accept(long key);
    }
}
