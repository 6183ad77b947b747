package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;

/** Makes a tree from records, the reverse of {@link RecordBinder}; without secrets. */
final class RecordWriter {

    private final Forms forms = new Forms(name -> null);

    ObjectNode write(Record record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (!Forms.isGiven(record.getClass(), component.getName())) {
                object.set(component.getName(), value(RecordBinder.get(component, record)));
            }
        }
        return object;
    }

    private JsonNode value(Object value) {
        if (forms.has(value.getClass())) {
            return forms.write(value);
        }
        if (value instanceof Record record) {
            return write(record);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((key, entry) -> object.set(key.toString(), value(entry)));
            return object;
        }
        return Scalars.write(value);
    }
}
