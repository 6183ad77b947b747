package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.state.check.InvalidValueException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes records from a tree: each component is a key of the same name.
 *
 * <p>Finds all faults in one go. A value of the wrong type is replaced by its stand-in, the value
 * of the reference configuration. A record checks its ranges in its constructor and stops at the
 * first fault; it is then made again with the stand-in for the refused value, until it has no more
 * to say.
 */
final class RecordBinder {

    private final Forms forms;
    private final Suggestions suggestions;
    private final Problems problems;
    private final long seed;

    RecordBinder(Forms forms, Suggestions suggestions, Problems problems, long seed) {
        this.forms = forms;
        this.suggestions = suggestions;
        this.problems = problems;
        this.seed = seed;
    }

    /**
     * A record from a map.
     *
     * @param standIn used where there is a fault; may be null
     * @return null when there is a fault and no stand-in
     */
    <R extends Record> R bind(Class<R> type, JsonNode node, String path, R standIn) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> keys = keys(type);
        if (!node.isObject()) {
            problems.add(
                    path,
                    Nodes.describe(node),
                    "a map with " + String.join(", ", keys),
                    Nodes.isNothing(node) ? "remove the key to get the defaults" : "");
            return standIn;
        }
        refuseUnknown(node, path, keys);
        Object[] values = new Object[components.length];
        Object[] standIns = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            standIns[i] = standIn == null ? null : get(components[i], standIn);
            values[i] =
                    Forms.isGiven(type, name)
                            ? seed
                            : value(
                                    components[i],
                                    node.path(name),
                                    Paths.child(path, name),
                                    standIns[i]);
        }
        return construct(type, values, standIns, path, standIn);
    }

    /** The keys of a record in a file. */
    static List<String> keys(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !Forms.isGiven(type, name))
                .collect(Collectors.toList());
    }

    static Object get(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't read " + component, e);
        }
    }

    private void refuseUnknown(JsonNode node, String path, List<String> keys) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!keys.contains(field.getKey())) {
                String child = Paths.child(path, field.getKey());
                problems.add(
                        child, "an unknown one", "a known key", suggestions.remedy(child, keys));
            }
        }
    }

    private Object value(RecordComponent component, JsonNode node, String path, Object standIn) {
        Class<?> type = component.getType();
        if (forms.has(type)) {
            Object value = forms.read(type, node, path, problems);
            return value == null ? standIn : value;
        }
        if (type.isRecord()) {
            return bindAny(type.asSubclass(Record.class), node, path, standIn);
        }
        if (type == Map.class) {
            Class<?> entry =
                    (Class<?>)
                            ((ParameterizedType) component.getGenericType())
                                    .getActualTypeArguments()[1];
            return map(entry.asSubclass(Record.class), node, path, standIn);
        }
        return scalar(type, node, path, standIn);
    }

    private <R extends Record> R bindAny(
            Class<R> type, JsonNode node, String path, Object standIn) {
        return bind(type, node, path, type.cast(standIn));
    }

    private <R extends Record> Object map(
            Class<R> type, JsonNode node, String path, Object standIn) {
        if (!node.isObject()) {
            problems.add(path, Nodes.describe(node), "a map", "");
            return standIn;
        }
        R likeness =
                standIn instanceof Map<?, ?> known && !known.isEmpty()
                        ? type.cast(known.values().iterator().next())
                        : null;
        Map<String, R> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String child = Paths.child(path, field.getKey());
            if (field.getKey().isBlank()) {
                problems.add(child, "a blank name", "a map with names as keys", "");
            }
            R entry = bind(type, field.getValue(), child, likeness);
            if (entry != null) {
                entries.put(field.getKey(), entry);
            }
        }
        return entries;
    }

    private Object scalar(Class<?> type, JsonNode node, String path, Object standIn) {
        if (node.isTextual() && Placeholders.isMeantIn(node.textValue())) {
            problems.add(
                    path,
                    Nodes.describe(node),
                    Scalars.expected(type, node),
                    "placeholders are replaced in kafka.properties only; here give --set "
                            + path
                            + "=... on the command line");
            return standIn;
        }
        Object value = Scalars.read(type, node);
        if (value != null) {
            return value;
        }
        problems.add(
                path,
                Nodes.describe(node),
                Scalars.expected(type, node),
                Scalars.remedy(type, node));
        return standIn;
    }

    private <R extends Record> R construct(
            Class<R> type, Object[] values, Object[] standIns, String path, R standIn) {
        while (Arrays.stream(values).allMatch(value -> value != null)) {
            try {
                return constructor(type).newInstance(values);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof InvalidValueException fault)) {
                    throw new IllegalStateException("can't make " + type, e.getCause());
                }
                int refused = indexOf(type, Paths.last(fault.field()));
                problems.add(
                        Paths.child(path, Paths.last(fault.field())),
                        fault.found(),
                        fault.expected(),
                        "");
                if (values[refused].equals(standIns[refused])) {
                    return standIn;
                }
                values[refused] = standIns[refused];
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("can't make " + type, e);
            }
        }
        return standIn;
    }

    private static <R extends Record> Constructor<R> constructor(Class<R> type)
            throws NoSuchMethodException {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(types);
    }

    private static int indexOf(Class<? extends Record> type, String name) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException(type + " refuses '" + name + "', which is no part of it");
    }
}
