package io.sluice.state.feature;

/** Where a declared feature reads its value. */
public enum Source {
    /** The user's id. */
    USER(false),
    /** The item's id. */
    ITEM(true),
    /** A named attribute of the request or the user. */
    CONTEXT(false),
    /** A named attribute of the item. */
    FEATURES(true),
    /** The 0-based place in the list: known in training, neutral (left out) when ranking. */
    POSITION(true),
    /** Hour of the day, UTC, 0 to 23. */
    HOUR(false),
    /** Day of the week, UTC, 1 (Monday) to 7. */
    WEEKDAY(false);

    private final boolean perItem;

    Source(boolean perItem) {
        this.perItem = perItem;
    }

    /** Whether the value differs between the items of one request. */
    public boolean perItem() {
        return perItem;
    }
}
