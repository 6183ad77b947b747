package io.sluice.state.feature;

import io.sluice.state.event.Attributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Streaming values as attributes of an impression: how the values that a request was ranked with
 * travel to training.
 *
 * <p>Each value stands under {@code ~} and its feature's name: those of the request in its context,
 * those of an item in its features. Keys are hexadecimal texts, numbers are numbers, what is
 * unknown is left out. {@code ~schema} in the context says which schema they belong to; values of
 * another schema are as good as none. Names that begin with {@code ~} are therefore nobody else's.
 */
public final class StreamedAttributes {

    /** What names of logged values begin with. */
    public static final String PREFIX = "~";

    private static final String SCHEMA = PREFIX + "schema";

    private final String fingerprint;
    private final String[] names;

    /** For the values of this schema. */
    public StreamedAttributes(FeatureSchema schema) {
        fingerprint = Long.toHexString(schema.fingerprint());
        names =
                schema.streaming().stream()
                        .map(feature -> PREFIX + feature.name())
                        .toArray(String[]::new);
    }

    /** Whether there is any streaming feature. */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /** All names under which anything is logged. */
    public Set<String> names() {
        Set<String> all = new HashSet<>(List.of(names));
        all.add(SCHEMA);
        return all;
    }

    /** Whether a name is one of logged values, of whatever schema. */
    public static boolean isLoggedName(String name) {
        return name.startsWith(PREFIX);
    }

    /** Whether an impression's context carries the values that its request was ranked with. */
    public boolean isLogged(Attributes context) {
        int first = context.first(SCHEMA);
        return first >= 0 && fingerprint.equals(context.text(first));
    }

    /** A request's context with the values that all of its items share. */
    public Attributes withRequest(Attributes context, StreamedValues values) {
        Attributes.Builder out = without(context).put(SCHEMA, fingerprint);
        put(values, false, out);
        return out.build();
    }

    /** An item's attributes with its values. */
    public Attributes withItem(Attributes features, StreamedValues values) {
        Attributes.Builder out = without(features);
        put(values, true, out);
        return out.build();
    }

    private void put(StreamedValues values, boolean perItem, Attributes.Builder out) {
        for (int i = 0; i < names.length; i++) {
            if (values.perItem(i) != perItem) {
                continue;
            }
            if (!values.isKeys(i) && !Double.isNaN(values.number(i))) {
                out.put(names[i], values.number(i));
            }
            for (int key = 0; key < values.keys(i); key++) {
                out.put(names[i], Long.toHexString(values.key(i, key)));
            }
        }
    }

    private static Attributes.Builder without(Attributes attributes) {
        Attributes.Builder out = Attributes.builder();
        if (!hasPrefix(attributes)) {
            return out.putAll(attributes);
        }
        for (int i = 0; i < attributes.size(); i++) {
            if (isLoggedName(attributes.name(i))) {
                continue;
            }
            if (attributes.isNumber(i)) {
                out.put(attributes.name(i), attributes.number(i));
            } else {
                out.put(attributes.name(i), attributes.text(i));
            }
        }
        return out;
    }

    private static boolean hasPrefix(Attributes attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            if (isLoggedName(attributes.name(i))) {
                return true;
            }
        }
        return false;
    }

    /** Reads back what {@link #withRequest} wrote; what is not there is unknown. */
    public void readRequest(Attributes context, StreamedValues out) {
        read(context, false, out);
    }

    /** Reads back what {@link #withItem} wrote. */
    public void readItem(Attributes features, StreamedValues out) {
        read(features, true, out);
    }

    private void read(Attributes from, boolean perItem, StreamedValues out) {
        for (int i = 0; i < names.length; i++) {
            if (out.perItem(i) == perItem) {
                read(from, i, out);
            }
        }
    }

    private void read(Attributes from, int feature, StreamedValues out) {
        int first = from.first(names[feature]);
        if (!out.isKeys(feature)) {
            out.number(feature, first < 0 ? Double.NaN : from.asNumber(first));
            return;
        }
        out.clearKeys(feature);
        for (int i = first; i >= 0 && i < from.size() && from.name(i).equals(names[feature]); i++) {
            long key = from.isNumber(i) ? 0 : key(from.text(i));
            if (key != 0) {
                out.addKey(feature, key);
            }
        }
    }

    /** 0 for a text that is no key: it came from outside. */
    private static long key(String text) {
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException notAKey) {
            return 0;
        }
    }
}
