package io.sluice.state.sparse.baseline;

/** First values of rows that stand for no key of their own. */
final class Initial {

    private Initial() {}

    /** Fills rows with initial values drawn for their numbers. */
    static void fill(PackedRows rows, TableSettings settings, int from, int to) {
        float[] values = new float[settings.dimensions() + 3];
        for (int row = from; row < to; row++) {
            settings.initializer().initialize(row + 1L, values, 0, settings.dimensions());
            rows.pack(row, values, 0, settings.seed() + row);
        }
    }
}
