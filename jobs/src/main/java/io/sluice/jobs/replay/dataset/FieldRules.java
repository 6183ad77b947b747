package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Reason;
import io.sluice.state.feature.StreamedAttributes;

/** How single fields of a row are read, and what is refused. */
final class FieldRules {

    private final DataLimits limits;

    FieldRules(DataLimits limits) {
        this.limits = limits;
    }

    /** Epoch milliseconds within the limits. */
    long timestamp(String field) throws RejectedRow {
        if (field.isBlank()) {
            throw new RejectedRow(Reason.MISSING_FIELD, "timestamp is empty");
        }
        long value;
        try {
            value = Long.parseLong(field);
        } catch (NumberFormatException e) {
            throw notATimestamp(field);
        }
        return checkTimestamp(value);
    }

    private static RejectedRow notATimestamp(String field) {
        String detail = "timestamp must be epoch milliseconds, found '" + shorten(field) + "'";
        if (field.matches("-?\\d+")) {
            return new RejectedRow(Reason.BAD_TIMESTAMP, detail);
        }
        boolean finite = NumberText.of(field) != NumberText.NOT_FINITE;
        return new RejectedRow(finite ? Reason.WRONG_TYPE : Reason.NOT_FINITE, detail);
    }

    long checkTimestamp(long value) throws RejectedRow {
        if (value < limits.earliest() || value > limits.latest()) {
            throw new RejectedRow(
                    Reason.BAD_TIMESTAMP,
                    "timestamp must be within [%d, %d], found %d; see limits.earliest and limits.aheadMs"
                            .formatted(limits.earliest(), limits.latest(), value));
        }
        return value;
    }

    /** An id that must be there. */
    String id(String name, String field) throws RejectedRow {
        if (field.isBlank()) {
            throw new RejectedRow(Reason.MISSING_FIELD, name + " is empty");
        }
        return text(name, field);
    }

    /** A text of acceptable length; may be empty. */
    String text(String name, String field) throws RejectedRow {
        if (field.length() > limits.textLength()) {
            throw new RejectedRow(
                    Reason.TOO_LARGE,
                    "%s has %d characters, expected at most %d; see limits.textLength"
                            .formatted(name, field.length(), limits.textLength()));
        }
        return field;
    }

    /** A finite number; NaN when the field is empty. */
    double number(String name, String field) throws RejectedRow {
        if (field.isBlank()) {
            return Double.NaN;
        }
        double number;
        try {
            number = Double.parseDouble(field);
        } catch (NumberFormatException e) {
            throw new RejectedRow(
                    Reason.WRONG_TYPE,
                    "%s must be a number, found '%s'".formatted(name, shorten(field)));
        }
        if (!Double.isFinite(number)) {
            throw new RejectedRow(
                    Reason.NOT_FINITE,
                    "%s must be a finite number, found %s".formatted(name, shorten(field)));
        }
        return number;
    }

    /** The outcome, 0 or 1; NaN when the field is empty. */
    double label(String field) throws RejectedRow {
        double label = number("label", field);
        if (label == 0 || label == 1 || Double.isNaN(label)) {
            return label;
        }
        throw new RejectedRow(Reason.OUT_OF_RANGE, "label must be 0 or 1, found " + shorten(field));
    }

    /** Refuses a bag with too many entries; values that a server logged beside do not count. */
    Attributes bag(String name, Attributes attributes) throws RejectedRow {
        int own = 0;
        for (int i = 0; i < attributes.size(); i++) {
            own += StreamedAttributes.isLoggedName(attributes.name(i)) ? 0 : 1;
        }
        if (own > limits.attributes()) {
            throw new RejectedRow(
                    Reason.TOO_LARGE,
                    "%s has %d entries, expected at most %d; see limits.attributes"
                            .formatted(name, own, limits.attributes()));
        }
        return attributes;
    }

    int slateItems() {
        return limits.slateItems();
    }

    private static String shorten(String field) {
        return field.length() <= 40 ? field : field.substring(0, 40) + "…";
    }
}
