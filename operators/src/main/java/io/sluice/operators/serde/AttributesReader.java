package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Reason;
import io.sluice.state.feature.StreamedAttributes;
import java.io.IOException;

/**
 * Reads {@code context} and {@code features}: names with a text, a number, true or false (taken as
 * texts), or a list of these, which becomes a repeated name. Null is no value. Objects are refused:
 * what a nested name should be called is the producer's to say.
 *
 * <p>Names that begin with {@code ~} are values that the server logged with an impression ({@link
 * StreamedAttributes}). They are as many as features are declared and do not count against {@code
 * limits.attributes}; whoever asks for a ranking may not send any.
 */
final class AttributesReader {

    private final JsonInput in;
    private final Attributes.Builder values = Attributes.builder();
    private final boolean mayBeLogged;
    private int count;

    private AttributesReader(JsonInput in, boolean mayBeLogged) {
        this.in = in;
        this.mayBeLogged = mayBeLogged;
    }

    /** Reads what may have been logged by the server. */
    static Attributes read(JsonInput in, String field) throws IOException, BadInputException {
        return in.enterObject(field) ? new AttributesReader(in, true).readAll() : Attributes.EMPTY;
    }

    /** Reads what a product says by itself. */
    static Attributes readOwn(JsonInput in, String field) throws IOException, BadInputException {
        return in.enterObject(field) ? new AttributesReader(in, false).readAll() : Attributes.EMPTY;
    }

    private Attributes readAll() throws IOException, BadInputException {
        while (in.nextField()) {
            String name = in.checkText(in.name(), in.name());
            if (name.isBlank()) {
                throw in.fault(
                        Reason.MISSING_FIELD, "\"\"", "a blank name", "a name for each value");
            }
            if (!mayBeLogged && StreamedAttributes.isLoggedName(name)) {
                throw in.fault(
                        Reason.OUT_OF_RANGE,
                        name,
                        "a name that begins with " + StreamedAttributes.PREFIX,
                        "another name: these are for values that the server logs");
            }
            if (in.token() == JsonToken.START_ARRAY) {
                while (in.nextElement()) {
                    readOne(name, "a text, a number, true or false");
                }
            } else {
                readOne(name, "a text, a number, true, false or a list of these");
            }
        }
        Attributes read = values.build();
        return read.size() == 0 ? Attributes.EMPTY : read;
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
        if (!StreamedAttributes.isLoggedName(name) && ++count > in.limits().attributes()) {
            throw in.fault(
                    Reason.TOO_LARGE,
                    name,
                    "value number " + count,
                    "at most " + in.limits().attributes() + " values (limits.attributes)");
        }
    }
}
