package io.sluice.state.feature.stream;

/**
 * How a streaming feature's value is read from the records of one request and item.
 *
 * <p>Pure: neither records nor fields are changed.
 */
interface Reading {

    /** What it is read from; what it is compared with besides is not told. */
    Readings.Place place();

    /** Whether it reads the candidate's attributes. */
    default boolean readsAttributes() {
        return false;
    }

    /** The number as of {@code now}; NaN when unknown. */
    double number(ReadContext context, long now);
}
