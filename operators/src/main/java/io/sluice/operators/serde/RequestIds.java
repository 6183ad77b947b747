package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.state.event.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The id under which a request is answered, whatever else is wrong with it: the field {@code
 * request} as far as it can be read, or else the record's key.
 *
 * <p>Reads up to that field, and a request begins with it as a rule. Pure, O(bytes) at most.
 */
public final class RequestIds {

    private static final JsonFactory JSON = new JsonFactory();

    private RequestIds() {}

    /** The id; null when there is none, so that nobody could be answered. */
    public static String of(SourceRecord record, Limits limits) {
        String body = record.value() == null ? null : ofBody(record.value(), limits);
        return body == null ? ofKey(record.key(), limits) : body;
    }

    private static String ofBody(byte[] value, Limits limits) {
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("request");
                JsonToken token = parser.nextToken();
                if (found) {
                    return token == JsonToken.VALUE_STRING
                            ? usable(parser.getText(), limits)
                            : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            // The fault stands before the id.
            return null;
        }
    }

    private static String ofKey(byte[] key, Limits limits) {
        if (key == null) {
            return null;
        }
        String text = new String(key, StandardCharsets.UTF_8);
        // What is not UTF-8 would not come back as it was sent.
        boolean exact = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), key);
        return exact ? usable(text, limits) : null;
    }

    private static String usable(String id, Limits limits) {
        boolean usable = !id.isBlank() && id.length() <= limits.textLength() && Utf8.canHold(id);
        return usable ? id : null;
    }
}
