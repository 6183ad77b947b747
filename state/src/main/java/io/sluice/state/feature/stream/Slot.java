package io.sluice.state.feature.stream;

import io.sluice.state.feature.FactSource;
import java.util.Objects;

/**
 * One aggregate of a scope: what it counts, and its place in the record.
 *
 * @param aggregate how the words change
 * @param argument what a fact brings
 * @param of the facts that count
 * @param per for {@link Argument#SHARE}: the facts divided by; otherwise null
 * @param field what {@link Argument#KEY} and {@link Argument#NUMBER} read, for {@link
 *     Argument#DERIVED} who sends; otherwise empty
 * @param at where it begins in the record
 */
record Slot(
        Aggregate aggregate,
        Argument argument,
        FactSource of,
        FactSource per,
        String field,
        int at) {

    /** What a fact brings to an aggregate. */
    enum Argument {
        /** Nothing. */
        NONE,
        /** The number 1. */
        ONE,
        /** The label of facts of {@code of} and, divided by, 1 for those of {@code per}. */
        SHARE,
        /** The keys of a field, each a fact of its own. */
        KEY,
        /** A number: the fact's value or an attribute of the item. */
        NUMBER,
        /** A key that another scope sends; facts themselves bring nothing. */
        DERIVED
    }

    /** Whether it is the same aggregate, wherever it stands. */
    boolean isLike(Slot other) {
        return aggregate.equals(other.aggregate)
                && argument == other.argument
                && of.equals(other.of)
                && Objects.equals(per, other.per)
                && field.equals(other.field);
    }

    Slot movedTo(int place) {
        return new Slot(aggregate, argument, of, per, field, place);
    }
}
