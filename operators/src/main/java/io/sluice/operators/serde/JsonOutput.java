package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.sluice.state.event.Attributes;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes one JSON object, with the rules that {@link JsonInput} reads by: what is absent (NaN, an
 * empty text, an empty bag) is left out, and numbers read back as the same double.
 */
final class JsonOutput {

    /** Below it every whole double is exact as a long, and is written as one. */
    private static final double WHOLE = 1L << 53;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Four bytes instead of twelve. Half a pair stays an escape, for the reader
                    // to refuse.
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    // The shortest digits that read back as the same double, in a third of the
                    // time.
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build();

    private final JsonGenerator json;

    private JsonOutput(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the fields of an object. */
    interface Writer {
        void write(JsonOutput out, JsonGenerator json) throws IOException;
    }

    /** The bytes of one object, in UTF-8. */
    static byte[] object(Writer writer) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writer.write(new JsonOutput(json), json);
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be written", e);
        }
    }

    /** A text, if there is one. */
    void text(String field, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, text);
        }
    }

    /** A number, if there is one. */
    void number(String field, double number) throws IOException {
        if (!Double.isNaN(number)) {
            json.writeFieldName(field);
            number(number);
        }
    }

    /** A number that reads back as the same float. */
    void single(String field, float number) throws IOException {
        json.writeFieldName(field);
        if (number == 0 || number == 1) {
            json.writeNumber((int) number);
        } else {
            json.writeNumber(number);
        }
    }

    /** A number, or null: for readers that expect the field in any case. */
    void numberOrNull(String field, double number) throws IOException {
        json.writeFieldName(field);
        if (Double.isFinite(number)) {
            number(number);
        } else {
            json.writeNull();
        }
    }

    /** A bag of values, if there are any; a repeated name becomes a list. */
    void attributes(String field, Attributes values) throws IOException {
        if (values.size() == 0) {
            return;
        }
        json.writeObjectFieldStart(field);
        int from = 0;
        while (from < values.size()) {
            String name = values.name(from);
            int to = from + 1;
            while (to < values.size() && values.name(to).equals(name)) {
                to++;
            }
            json.writeFieldName(name);
            if (to == from + 1) {
                value(values, from);
            } else {
                json.writeStartArray();
                for (int i = from; i < to; i++) {
                    value(values, i);
                }
                json.writeEndArray();
            }
            from = to;
        }
        json.writeEndObject();
    }

    private void value(Attributes values, int i) throws IOException {
        if (values.isNumber(i)) {
            number(values.number(i));
        } else {
            json.writeString(values.text(i));
        }
    }

    private void number(double number) throws IOException {
        boolean minusZero = number == 0 && 1 / number < 0;
        if (number == Math.rint(number) && Math.abs(number) < WHOLE && !minusZero) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }
}
