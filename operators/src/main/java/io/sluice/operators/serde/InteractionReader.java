package io.sluice.operators.serde;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import java.io.IOException;
import java.util.Objects;

/** Reads an {@link Interaction}; its label may be derived from its value. */
final class InteractionReader {

    private InteractionReader() {}

    /**
     * Reads one.
     *
     * @param labelThreshold without a label, values from here on are 1 and others 0; NaN when a
     *     label is required
     */
    static Interaction read(JsonInput in, TimeRule times, double labelThreshold)
            throws IOException, BadInputException {
        String request = null;
        long timestamp = TimeRule.REQUIRED;
        String user = null;
        String item = null;
        double label = Double.NaN;
        double value = Double.NaN;
        Attributes context = Attributes.EMPTY;
        Attributes features = Attributes.EMPTY;
        while (in.nextField()) {
            switch (in.name()) {
                case "request" -> request = in.id("request");
                case "timestamp" -> timestamp = times.read(in);
                case "user" -> user = in.id("user");
                case "item" -> item = in.id("item");
                case "label" -> label = label(in);
                case "value" -> value = in.number("value");
                case "context" -> context = AttributesReader.read(in, "context");
                case "features" -> features = AttributesReader.read(in, "features");
                default -> in.skipUnknown();
            }
        }
        if (Double.isNaN(label)) {
            label = labelOf(in, value, labelThreshold);
        }
        return new Interaction(
                Objects.requireNonNullElse(request, ""),
                times.orAbsent(in, timestamp),
                Objects.requireNonNullElse(user, ""),
                in.required("item", item, "a text"),
                label,
                value,
                context,
                features);
    }

    private static double label(JsonInput in) throws IOException, BadInputException {
        double label = in.number("label");
        if (label == 0 || label == 1 || Double.isNaN(label)) {
            return label + 0.0; // -0 is 0
        }
        throw in.outOfRange("label", "0 or 1");
    }

    private static double labelOf(JsonInput in, double value, double threshold)
            throws BadInputException {
        if (Double.isNaN(threshold)) {
            return in.required(
                    "label", null, "0 or 1 (or a value, with examples.labelThreshold set)");
        }
        Double given = Double.isNaN(value) ? null : value;
        return in.required("label", given, "0 or 1, or a value") >= threshold ? 1 : 0;
    }
}
