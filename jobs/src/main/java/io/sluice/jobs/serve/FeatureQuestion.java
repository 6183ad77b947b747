package io.sluice.jobs.serve;

import io.sluice.state.event.Attributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * Whose streaming features are asked for, and when.
 *
 * @param user the user's id; empty for an anonymous one
 * @param item the item's id
 * @param time as of when, epoch milliseconds
 * @param context what is known of the moment
 */
public record FeatureQuestion(String user, String item, long time, Attributes context) {

    private static final String CONTEXT = "context.";

    /**
     * Reads {@code user}, {@code item}, {@code at} and {@code context.<name>}.
     *
     * @param parameters each with its values
     * @param now for a question without a time, epoch milliseconds
     * @throws IllegalArgumentException that names the parameter, what was found and what is
     *     expected
     */
    static FeatureQuestion of(Map<String, List<String>> parameters, long now) {
        String user = "";
        String item = "";
        long time = now;
        Attributes.Builder context = Attributes.builder();
        for (Map.Entry<String, List<String>> each : parameters.entrySet()) {
            String name = each.getKey();
            String value = each.getValue().get(0);
            if (name.equals("user")) {
                user = value;
            } else if (name.equals("item")) {
                item = value;
            } else if (name.equals("at")) {
                time = time(value);
            } else if (name.length() > CONTEXT.length() && name.startsWith(CONTEXT)) {
                each.getValue().forEach(one -> context.put(name.substring(CONTEXT.length()), one));
            } else {
                throw new IllegalArgumentException(
                        "found parameter '%s', expected user, item, at or context.<name>"
                                .formatted(name));
            }
        }
        if (item.isBlank()) {
            throw new IllegalArgumentException("item: found nothing, expected an id");
        }
        return new FeatureQuestion(user, item, time, context.build());
    }

    /** Epoch milliseconds, or a time like 2026-01-31T12:00:00Z. */
    public static long time(String text) {
        try {
            return text.matches("-?\\d{1,18}")
                    ? Long.parseLong(text)
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "at: found '%s', expected epoch milliseconds or a time like 2026-01-31T12:00:00Z"
                            .formatted(text),
                    e);
        }
    }
}
