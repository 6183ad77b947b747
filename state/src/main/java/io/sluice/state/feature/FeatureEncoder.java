package io.sluice.state.feature;

import io.sluice.state.event.Attributes;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.ReadAhead;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the parts of an event into a {@link FeatureVector} by a {@link FeatureSchema}.
 *
 * <p>The features of the request come first, those of the item behind, each in the order of the
 * schema, declared ones before streaming ones: a server encodes the request once and each candidate
 * behind it, and gets the very vector that training sees. Immutable; thread-safe.
 */
public final class FeatureEncoder {

    /** The position to pass where it is unknown or must not count. */
    public static final int NEUTRAL_POSITION = -1;

    private final long fingerprint;
    private final FieldEncoder[] all;
    private final FieldEncoder[] ofRequest;
    private final FieldEncoder[] ofItem;
    private final long[] streamingSeeds;
    private final int[] streamingNumbers;
    private final int[] streamingFields;

    /** An encoder for this schema. */
    public FeatureEncoder(FeatureSchema schema) {
        List<FeatureSpec> features = schema.features();
        FieldEncoder[] fields = new FieldEncoder[features.size()];
        for (int i = 0; i < fields.length; i++) {
            String name = features.get(i).name();
            fields[i] =
                    new FieldEncoder(features.get(i), schema.numberOf(name), schema.fieldOf(name));
        }
        fingerprint = schema.fingerprint();
        all = fields;
        ofRequest = select(fields, false);
        ofItem = select(fields, true);
        streamingSeeds = new long[schema.streaming().size()];
        streamingNumbers = new int[streamingSeeds.length];
        streamingFields = new int[streamingSeeds.length];
        for (int i = 0; i < streamingSeeds.length; i++) {
            String name = schema.streaming().get(i).name();
            streamingSeeds[i] = Hashing.text(0, name);
            streamingNumbers[i] = schema.numberOf(name);
            streamingFields[i] = schema.fieldOf(name);
        }
    }

    private static FieldEncoder[] select(FieldEncoder[] fields, boolean perItem) {
        return Arrays.stream(fields)
                .filter(field -> field.perItem() == perItem)
                .toArray(FieldEncoder[]::new);
    }

    /** Replaces the content of {@code out} by the features of one user, moment and item. */
    public void encode(
            long timestamp,
            String user,
            Attributes context,
            String item,
            Attributes features,
            int position,
            StreamedValues streamed,
            FeatureVector out) {
        out.clear();
        appendRequest(timestamp, user, context, streamed, out);
        appendItem(item, features, position, streamed, out);
    }

    /** Appends the features that all items of a request share. */
    public void appendRequest(
            long timestamp,
            String user,
            Attributes context,
            StreamedValues streamed,
            FeatureVector out) {
        for (FieldEncoder field : ofRequest) {
            field.appendOfRequest(timestamp, user, context, out);
        }
        appendStreamed(streamed, false, out);
    }

    /** Appends the features of one item. */
    public void appendItem(
            String item,
            Attributes features,
            int position,
            StreamedValues streamed,
            FeatureVector out) {
        for (FieldEncoder field : ofItem) {
            field.appendOfItem(item, features, position, out);
        }
        appendStreamed(streamed, true, out);
    }

    /**
     * The declared features of one item: those that its attributes remember, where they do.
     *
     * @param scratch what is returned is valid until it is used again, where nothing is remembered
     */
    public EncodedItem item(String item, Attributes features, EncodedItem.Scratch scratch) {
        if (features.remembered() instanceof EncodedItem held && held.is(fingerprint, item)) {
            return held;
        }
        FeatureVector vector = scratch.begin(all.length);
        for (int i = 0; i < all.length; i++) {
            all[i].appendOfItem(item, features, NEUTRAL_POSITION, vector);
            scratch.end(i);
        }
        EncodedItem made = scratch.pack(fingerprint, item);
        if (!features.remembers()) {
            return made;
        }
        EncodedItem kept = made.copy();
        features.remember(kept);
        return kept;
    }

    /**
     * Reads what attributes remember: for all items of a batch, before the first is encoded.
     *
     * @param ahead takes what is read
     */
    public void readAhead(Attributes features, ReadAhead ahead) {
        if (features.remembered() instanceof EncodedItem held) {
            held.readAhead(ahead);
        }
    }

    /** Appends the features of one item, the declared ones as they are. */
    public void appendItem(EncodedItem declared, StreamedValues streamed, FeatureVector out) {
        declared.appendTo(out);
        appendStreamed(streamed, true, out);
    }

    private void appendStreamed(StreamedValues streamed, boolean perItem, FeatureVector out) {
        for (int i = 0; i < streamingSeeds.length; i++) {
            if (streamed.perItem(i) != perItem) {
                continue;
            }
            if (streamingNumbers[i] >= 0) {
                out.addNumber(streamingNumbers[i], streamed.number(i));
            } else {
                appendKeys(streamed, i, out);
            }
        }
    }

    private void appendKeys(StreamedValues streamed, int feature, FeatureVector out) {
        int count = streamed.keys(feature);
        float value = (float) (1 / Math.sqrt(Math.max(1, count)));
        for (int i = 0; i < count; i++) {
            long hash = Hashing.number(streamingSeeds[feature], streamed.key(feature, i));
            out.add(RowKeys.of(hash), value, streamingFields[feature]);
        }
    }
}
