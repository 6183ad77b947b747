package io.sluice.state.event;

/** The checks that the records of this package share; each fault names the field. */
final class EventChecks {

    private EventChecks() {}

    static void id(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
    }

    static void present(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    static void finiteOrAbsent(String field, double value) {
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be finite, found " + value);
        }
    }

    static void probabilityOrAbsent(String field, double value) {
        if (value < 0 || value > 1) {
            throw new IllegalArgumentException(field + " must be within [0, 1], found " + value);
        }
    }
}
