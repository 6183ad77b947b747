package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.sluice.state.event.Reason;
import java.io.Closeable;
import java.io.IOException;

/**
 * A strict walk over one JSON object, token by token, without building a tree.
 *
 * <p>Rules that hold for every field: a JSON null is an absent field; a name may stand once;
 * numbers are finite; texts are within {@code limits.textLength} and can be written as UTF-8; a
 * field that nobody asks for is skipped and counted.
 *
 * <p>It knows where it stands, so that faults name the whole path, as in {@code items[3].score};
 * callers name the field only. O(bytes). Not thread-safe; one per record.
 */
final class JsonInput implements Closeable {

    /** Objects within objects that we read: the event, its items, their attributes. */
    private static final int LEVELS = 3;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // NaN and 1e999 are one kind of fault for whoever wrote them.
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    // Names come from outside: they must neither stay for ever nor stop a record.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    // Otherwise a zero byte switches to UTF-16.
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .build();

    private final JsonParser parser;
    private final Limits limits;
    private final NameSet[] names = new NameSet[LEVELS];
    private final String[] path = new String[LEVELS];
    private int depth;
    private int index;
    private int unknownFields;

    /** Reads what an object says. */
    interface Reader<T> {
        T read(JsonInput in) throws IOException, BadInputException;
    }

    /**
     * Reads a value as one object, and nothing else around it.
     *
     * @throws BadInputException whatever is wrong with the bytes; nothing else is thrown
     */
    static <T> T read(byte[] value, Limits limits, Reader<T> reader) throws BadInputException {
        checkSize(value, limits);
        Utf8.check(value);
        try (JsonInput in = new JsonInput(value, limits)) {
            T read = reader.read(in);
            in.end();
            return read;
        } catch (JacksonException e) {
            long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            String what = Excerpt.of(e.getOriginalMessage());
            throw notJson(offset < 0 ? what : what + " at byte " + offset);
        } catch (IOException | RuntimeException e) {
            // A job that stops at one record stops at it again after every restart.
            throw notJson(Excerpt.of("a value that could not be parsed: " + e));
        }
    }

    /** Opens the object; {@link #nextField} then stands before its first field. */
    private JsonInput(byte[] value, Limits limits) throws IOException, BadInputException {
        this.limits = limits;
        parser = JSON.createParser(value);
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
            throw notJson(describe(token));
        }
        open(null);
    }

    /** Moves to the value of the next field; false at the end of the object. */
    boolean nextField() throws IOException, BadInputException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            depth--;
            return false;
        }
        String name = parser.currentName();
        if (!names[depth - 1].add(name)) {
            throw fault(Reason.WRONG_TYPE, name, "the field twice", "each field once");
        }
        parser.nextToken();
        return true;
    }

    /** The name of the current field. */
    String name() throws IOException {
        return parser.currentName();
    }

    /** Checks that nothing but white space follows the object. */
    private void end() throws IOException, BadInputException {
        JsonToken token = parser.nextToken();
        if (token != null) {
            throw notJson(describe(token) + " after the object");
        }
    }

    JsonToken token() {
        return parser.currentToken();
    }

    /** Whether the current value is null; such a field counts as absent. */
    boolean isNull() {
        return token() == JsonToken.VALUE_NULL;
    }

    /** Enters the object that is the current value; false when it is null. */
    boolean enterObject(String field) throws IOException, BadInputException {
        if (isNull()) {
            return false;
        }
        expect(JsonToken.START_OBJECT, field, "an object");
        open(field);
        return true;
    }

    /** Enters the list that is the current value; false when it is null. */
    boolean enterList(String field) throws IOException, BadInputException {
        if (isNull()) {
            return false;
        }
        expect(JsonToken.START_ARRAY, field, "a list");
        return true;
    }

    /** Moves to the next element; false at the end of the list. */
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** Says which element is read now: it stands for {@code []} in the path of a fault. */
    void at(int index) {
        this.index = index;
    }

    /** A text; null when absent. */
    String text(String field) throws IOException, BadInputException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, field, "a text");
        // Before it is made, so that a long one costs nothing.
        checkLength(field, parser.getTextLength());
        return checkText(field, parser.getText());
    }

    /** A text with at least one visible character; a blank one counts as absent, hence null. */
    String id(String field) throws IOException, BadInputException {
        String text = text(field);
        return text == null || text.isBlank() ? null : text;
    }

    /** Refuses a text that is too long or that UTF-8 can't hold. */
    String checkText(String field, String text) throws BadInputException {
        checkLength(field, text.length());
        if (!Utf8.canHold(text)) {
            throw fault(
                    Reason.INVALID_UTF8,
                    field,
                    "half of a surrogate pair in " + Excerpt.quoted(text),
                    "a text that UTF-8 can hold");
        }
        return text;
    }

    /** A finite number; NaN when absent. */
    double number(String field) throws IOException, BadInputException {
        if (isNull()) {
            return Double.NaN;
        }
        if (!token().isNumeric()) {
            throw wrongType(field, "a number");
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw fault(Reason.NOT_FINITE, field, describe(token()), "a finite number");
        }
        return number;
    }

    /** A finite number as the float nearest to its digits; NaN when absent. */
    float single(String field) throws IOException, BadInputException {
        // By way of a double it would be rounded twice.
        return Double.isNaN(number(field)) ? Float.NaN : Float.parseFloat(parser.getText());
    }

    /** A number within [0, 1]; NaN when absent. */
    double probability(String field) throws IOException, BadInputException {
        double number = number(field);
        if (number < 0 || number > 1) {
            throw outOfRange(field, "a number within [0, 1]");
        }
        return number;
    }

    /** A whole number without fraction or exponent; the value must not be null. */
    long integer(String field, long min, long max) throws IOException, BadInputException {
        number(field);
        if (token() != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(field, "a whole number");
        }
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || parser.getLongValue() < min || parser.getLongValue() > max) {
            throw outOfRange(field, "a whole number within [%d, %d]".formatted(min, max));
        }
        return parser.getLongValue();
    }

    /** True or false; false when absent. */
    boolean flag(String field) throws IOException, BadInputException {
        if (!isNull() && !token().isBoolean()) {
            throw wrongType(field, "true or false");
        }
        return token() == JsonToken.VALUE_TRUE;
    }

    /** Passes over the value of a field that nobody asked for. */
    void skipUnknown() throws IOException, BadInputException {
        unknownFields++;
        String field = name();
        int open = 0;
        while (true) {
            JsonToken token = token();
            if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
                throw fault(Reason.NOT_FINITE, field, describe(token), "a finite number");
            }
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (open == 0) {
                return;
            }
            parser.nextToken();
        }
    }

    /** How many fields were skipped. */
    int unknownFields() {
        return unknownFields;
    }

    Limits limits() {
        return limits;
    }

    BadInputException wrongType(String field, String expected) throws IOException {
        return fault(Reason.WRONG_TYPE, field, describe(token()), expected);
    }

    BadInputException outOfRange(String field, String expected) throws IOException {
        return fault(Reason.OUT_OF_RANGE, field, describe(token()), expected);
    }

    /** The value of a field that may not be left out. */
    <T> T required(String field, T value, String expected) throws BadInputException {
        if (value == null) {
            throw fault(Reason.MISSING_FIELD, field, "nothing", expected);
        }
        return value;
    }

    /** A fault of a field of the current object. */
    BadInputException fault(Reason reason, String field, String found, String expected) {
        StringBuilder place = new StringBuilder();
        for (int i = 1; i < depth; i++) {
            place.append(path[i]).append('.');
        }
        place.append(Excerpt.of(field));
        return new BadInputException(
                reason, place.toString().replace("[]", "[" + index + "]"), found, expected);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private static void checkSize(byte[] value, Limits limits) throws BadInputException {
        if (value == null || value.length == 0) {
            throw new BadInputException(Reason.EMPTY, "value", "no bytes", "one JSON object");
        }
        if (value.length > limits.recordBytes()) {
            throw new BadInputException(
                    Reason.TOO_LARGE,
                    "value",
                    value.length + " bytes",
                    "at most " + limits.recordBytes() + " (limits.recordBytes)");
        }
    }

    private static BadInputException notJson(String found) {
        return new BadInputException(Reason.NOT_JSON, "value", found, "one JSON object");
    }

    private void open(String field) {
        if (names[depth] == null) {
            names[depth] = new NameSet();
        }
        path[depth] = field;
        names[depth++].clear();
    }

    private void expect(JsonToken expected, String field, String words)
            throws IOException, BadInputException {
        if (token() != expected) {
            throw wrongType(field, words);
        }
    }

    private void checkLength(String field, int length) throws BadInputException {
        if (length > limits.textLength()) {
            throw fault(
                    Reason.TOO_LARGE,
                    field,
                    length + " characters",
                    "at most " + limits.textLength() + " (limits.textLength)");
        }
    }

    private String describe(JsonToken token) throws IOException {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "the text " + Excerpt.quoted(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    "the number " + Excerpt.of(parser.getText());
            default -> parser.getText();
        };
    }
}
