package io.sluice.state.feature;

import io.sluice.state.kernel.ReadAhead;
import java.util.Arrays;

/**
 * The declared features of an item, whatever the request and without a position, and which of them
 * came from which feature: what is the same for all requests, so that items that are known are
 * encoded once.
 *
 * <p>Scratch while {@link FeatureEncoder} fills it, never changed once it is {@link #copy copied}.
 */
public final class EncodedItem {

    private final FeatureVector vector;
    private int[] starts = {0}; // by place of the feature in the schema, and the end
    private long schema;
    private String item = "";

    /** Scratch to be filled. */
    public EncodedItem() {
        this(new FeatureVector());
    }

    private EncodedItem(FeatureVector vector) {
        this.vector = vector;
    }

    /** Whether it is what the features of this schema make of this item. */
    boolean is(long wanted, String id) {
        return schema == wanted && item.equals(id);
    }

    /**
     * Empties it.
     *
     * @param fingerprint of the schema
     * @param features how many it declares
     */
    void begin(long fingerprint, int features, String id) {
        schema = fingerprint;
        item = id;
        if (starts.length != features + 1) {
            starts = new int[features + 1];
        }
        vector.clear();
    }

    /** Ends a feature: what was added since the end of the one before is its own. */
    void end(int feature) {
        starts[feature + 1] = vector.size();
    }

    /** Features and raw numbers, in the order of the schema; not to be changed. */
    FeatureVector vector() {
        return vector;
    }

    /** Reads a word of each of its arrays. */
    void readAhead(ReadAhead ahead) {
        ahead.take(starts[0]);
        vector.readAhead(ahead);
    }

    /** Replaces {@code out} by the keys that came from one declared feature, by its place. */
    public void keys(int feature, FeatureVector out) {
        out.clear();
        for (int i = starts[feature]; i < starts[feature + 1]; i++) {
            out.add(vector.key(i), vector.value(i));
        }
    }

    /** The same, for good. */
    EncodedItem copy() {
        EncodedItem copy = new EncodedItem(vector.copy());
        copy.starts = Arrays.copyOf(starts, starts.length);
        copy.schema = schema;
        copy.item = item;
        return copy;
    }
}
