package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Reason;
import java.io.IOException;

/**
 * Reads {@code context} and {@code features}: names with a text, a number, true or false (taken as
 * texts), or a list of these, which becomes a repeated name. Null is no value. Objects are refused:
 * what a nested name should be called is the producer's to say.
 */
final class AttributesReader {

    private final JsonInput in;
    private final Attributes.Builder values = Attributes.builder();
    private int count;

    private AttributesReader(JsonInput in) {
        this.in = in;
    }

    static Attributes read(JsonInput in, String field) throws IOException, BadInputException {
        return in.enterObject(field) ? new AttributesReader(in).readAll() : Attributes.EMPTY;
    }

    private Attributes readAll() throws IOException, BadInputException {
        while (in.nextField()) {
            String name = in.checkText(in.name(), in.name());
            if (name.isBlank()) {
                throw in.fault(
                        Reason.MISSING_FIELD, "\"\"", "a blank name", "a name for each value");
            }
            if (in.token() == JsonToken.START_ARRAY) {
                while (in.nextElement()) {
                    readOne(name, "a text, a number, true or false");
                }
            } else {
                readOne(name, "a text, a number, true, false or a list of these");
            }
        }
        return count == 0 ? Attributes.EMPTY : values.build();
    }

    private void readOne(String name, String expected) throws IOException, BadInputException {
        switch (in.token()) {
            case VALUE_NULL -> {
                return;
            }
            case VALUE_STRING -> values.put(name, in.text(name));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(name, in.number(name));
            case VALUE_TRUE -> values.put(name, "true");
            case VALUE_FALSE -> values.put(name, "false");
            default -> throw in.wrongType(name, expected);
        }
        if (++count > in.limits().attributes()) {
            throw in.fault(
                    Reason.TOO_LARGE,
                    name,
                    "value number " + count,
                    "at most " + in.limits().attributes() + " values (limits.attributes)");
        }
    }
}
