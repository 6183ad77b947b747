package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.ShownMemory;
import io.sluice.state.event.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Events as records of their topics: what {@link EventParser} reads back as an equal event.
 *
 * <p>That holds for every event whose user and model are empty or not blank, which the parser takes
 * for the same. Pure functions, O(bytes).
 */
public final class EventWriter {

    private EventWriter() {}

    /**
     * The record's key, which decides its partition: the request of what is joined, the user of an
     * interaction. Null when there is none, so that such records are spread.
     */
    public static byte[] key(StreamEvent event) {
        String key;
        if (event instanceof Impression impression) {
            key = impression.request();
        } else if (event instanceof Feedback feedback) {
            key = feedback.request();
        } else {
            key = ((Interaction) event).user();
        }
        return key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    /** The record's value: one JSON object in UTF-8. */
    public static byte[] value(StreamEvent event) {
        if (event instanceof Impression impression) {
            return JsonOutput.object((out, json) -> write(impression, out, json));
        }
        if (event instanceof Feedback feedback) {
            return JsonOutput.object((out, json) -> write(feedback, out, json));
        }
        return JsonOutput.object((out, json) -> write((Interaction) event, out, json));
    }

    private static void write(Impression impression, JsonOutput out, JsonGenerator json)
            throws IOException {
        json.writeStringField("request", impression.request());
        json.writeNumberField("timestamp", impression.timestamp());
        out.text("user", impression.user());
        out.attributes("context", impression.context());
        json.writeArrayFieldStart("items");
        for (ShownItem item : impression.items()) {
            json.writeStartObject();
            json.writeStringField("id", item.id());
            json.writeNumberField("position", item.position());
            out.number("score", item.score());
            out.number("propensity", item.propensity());
            out.attributes("features", item.features());
            if (!item.memory().isAbsent()) {
                write(item.memory(), out, json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        out.text("model", impression.model());
    }

    private static void write(ShownMemory memory, JsonOutput out, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart("memory");
        out.number("base", memory.base());
        json.writeArrayFieldStart("corrections");
        for (float correction : memory.corrections()) {
            json.writeNumber(correction);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Feedback feedback, JsonOutput out, JsonGenerator json)
            throws IOException {
        json.writeStringField("request", feedback.request());
        json.writeNumberField("timestamp", feedback.timestamp());
        out.text("user", feedback.user());
        json.writeStringField("item", feedback.item());
        json.writeStringField("kind", feedback.kind());
        out.number("value", feedback.value());
    }

    private static void write(Interaction interaction, JsonOutput out, JsonGenerator json)
            throws IOException {
        out.text("request", interaction.request());
        json.writeNumberField("timestamp", interaction.timestamp());
        out.text("user", interaction.user());
        json.writeStringField("item", interaction.item());
        out.number("label", interaction.label());
        out.number("value", interaction.value());
        out.attributes("context", interaction.context());
        out.attributes("features", interaction.features());
    }
}
