package io.sluice.state.event;

/** Why a record was set aside. The name travels with the dead letter and names the counter. */
public enum Reason {
    /** The value is empty or null where an event was expected. */
    EMPTY,
    /** The value is not valid UTF-8, or a text escapes half of a surrogate pair. */
    INVALID_UTF8,
    /** The value is not one JSON object. */
    NOT_JSON,
    /**
     * The record has more bytes than {@code limits.recordBytes}, a text more characters than {@code
     * limits.textLength}, or a bag more values than {@code limits.attributes}.
     */
    TOO_LARGE,
    /** A required field is absent, null or blank. */
    MISSING_FIELD,
    /** A field has another type than expected, or occurs twice. */
    WRONG_TYPE,
    /** A number is NaN, infinite or beyond the range of a double. */
    NOT_FINITE,
    /** A number is finite but outside of its range. */
    OUT_OF_RANGE,
    /** The timestamp is before {@code limits.earliest} or too far ahead of the record's own. */
    BAD_TIMESTAMP,
    /** The slate holds more than {@code limits.slateItems} items. */
    SLATE_TOO_LARGE,
    /** The same item stands twice in one slate. */
    DUPLICATE_ITEM,
    /** The feedback's kind is not configured. */
    UNKNOWN_KIND,
    /** A second impression with a request id already seen in the window. */
    DUPLICATE_REQUEST,
    /** A second feedback of the same kind for the same item of the same request. */
    DUPLICATE_FEEDBACK,
    /** A second interaction with a request id and item already seen in the window. */
    DUPLICATE_INTERACTION,
    /** Feedback for an item that its impression did not show. */
    NOT_SHOWN,
    /** Feedback whose impression did not come within the attribution window. */
    NO_IMPRESSION,
    /** The record came after the window it belongs to was closed. */
    LATE
}
