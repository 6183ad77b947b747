package io.sluice.state.store;

import io.sluice.state.model.Page;

/**
 * What a store holds besides rows.
 *
 * @param schema the schema page; null when there is none
 * @param head the head page; null when there is none
 * @param tower the tower page; null when there is none
 * @param memory the head page of the memory of errors; null when there is none
 * @param ranker the ranker's page; null when there is none
 * @param manifest the manifest page; null when there is none
 * @param whole whether the rows are those of the manifest; false when a process died in the middle
 *     of a large publication
 * @param position where to go on reading; null when nothing was ever stored
 */
public record StoredView(
        Page schema,
        Page head,
        Page tower,
        Page memory,
        Page ranker,
        Page manifest,
        boolean whole,
        StreamPosition position) {

    /** What a new store holds. */
    public static final StoredView EMPTY =
            new StoredView(null, null, null, null, null, null, true, null);
}
