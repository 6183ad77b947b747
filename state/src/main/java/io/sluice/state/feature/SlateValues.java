package io.sluice.state.feature;

import io.sluice.state.event.Attributes;
import java.util.Arrays;

/**
 * The streaming values that a request and its candidates were ranked with, packed until they are
 * logged.
 *
 * <p>A word for each number; a count and a word each for keys. Written while scoring, without
 * allocation but for the growing of one array; read for what is shown. Not thread-safe.
 */
public final class SlateValues {

    /** For requests of which nothing was read. */
    public static final SlateValues NONE = new SlateValues(null, null, 0);

    private static final int NOT_READ = -1;

    private final StreamedAttributes names;
    private final StreamedValues scratch;
    private final int[] starts;
    private long[] words;
    private int size;

    private SlateValues(StreamedAttributes names, StreamedValues scratch, int items) {
        this.names = names;
        this.scratch = scratch;
        starts = new int[items + 1];
        Arrays.fill(starts, NOT_READ);
        words = new long[scratch == null ? 0 : (items + 1) * scratch.size()];
    }

    /**
     * Nothing yet.
     *
     * @param schema of the values
     * @param names of its features
     * @param items of the request
     */
    public static SlateValues of(FeatureSchema schema, StreamedAttributes names, int items) {
        return names.isEmpty() ? NONE : new SlateValues(names, new StreamedValues(schema), items);
    }

    /** Keeps the values that all candidates share. */
    public void keepRequest(StreamedValues values) {
        if (names != null) {
            keep(starts.length - 1, false, values);
        }
    }

    /** Keeps the values of one candidate. */
    public void keepItem(int item, StreamedValues values) {
        if (names != null) {
            keep(item, true, values);
        }
    }

    private void keep(int place, boolean perItem, StreamedValues values) {
        starts[place] = size;
        for (int i = 0; i < values.size(); i++) {
            if (values.perItem(i) != perItem) {
                continue;
            }
            if (values.isKeys(i)) {
                add(values.keys(i));
                for (int k = 0; k < values.keys(i); k++) {
                    add(values.key(i, k));
                }
            } else {
                add(Double.doubleToRawLongBits(values.number(i)));
            }
        }
    }

    private void add(long word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, Math.max(16, 2 * size));
        }
        words[size++] = word;
    }

    /** The context with the values that all candidates share, as it is logged. */
    public Attributes context(Attributes context) {
        return names == null || !load(starts.length - 1, false)
                ? context
                : names.withRequest(context, scratch);
    }

    /** A candidate's attributes with its values, as they are logged. */
    public Attributes features(int item, Attributes features) {
        return names == null || !load(item, true) ? features : names.withItem(features, scratch);
    }

    private boolean load(int place, boolean perItem) {
        int at = starts[place];
        if (at == NOT_READ) {
            return false;
        }
        for (int i = 0; i < scratch.size(); i++) {
            if (scratch.perItem(i) != perItem) {
                continue;
            }
            if (scratch.isKeys(i)) {
                scratch.clearKeys(i);
                for (long left = words[at++]; left > 0; left--) {
                    scratch.addKey(i, words[at++]);
                }
            } else {
                scratch.number(i, Double.longBitsToDouble(words[at++]));
            }
        }
        return true;
    }
}
