package io.sluice.operators.serde;

import io.sluice.state.event.Feedback;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Reads a {@link Feedback} of a configured kind. */
final class FeedbackReader {

    private FeedbackReader() {}

    static Feedback read(JsonInput in, TimeRule times, Set<String> kinds)
            throws IOException, BadInputException {
        String request = null;
        long timestamp = TimeRule.REQUIRED;
        String user = null;
        String item = null;
        String kind = null;
        double value = Double.NaN;
        while (in.nextField()) {
            switch (in.name()) {
                case "request" -> request = in.id("request");
                case "timestamp" -> timestamp = times.read(in);
                case "user" -> user = in.id("user");
                case "item" -> item = in.id("item");
                case "kind" -> kind = kind(in, kinds);
                case "value" -> value = in.number("value");
                default -> in.skipUnknown();
            }
        }
        return new Feedback(
                in.required("request", request, "a text"),
                times.orAbsent(in, timestamp),
                Objects.requireNonNullElse(user, ""),
                in.required("item", item, "a text"),
                in.required("kind", kind, "a text"),
                value);
    }

    private static String kind(JsonInput in, Set<String> kinds)
            throws IOException, BadInputException {
        String kind = in.id("kind");
        if (kind != null && !kinds.contains(kind)) {
            throw in.fault(
                    Reason.UNKNOWN_KIND,
                    "kind",
                    "the text " + Excerpt.quoted(kind),
                    "one of " + new TreeSet<>(kinds) + " (feedback.kinds)");
        }
        return kind;
    }
}
