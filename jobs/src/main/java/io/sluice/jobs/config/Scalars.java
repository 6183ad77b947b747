package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Plain values between trees and records: numbers, truth values, texts, enums, and "none". */
final class Scalars {

    private static final String NONE = "none";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Scalars() {}

    /** The value as an object of the type, or null when it is none. */
    static Object read(Class<?> type, JsonNode node) {
        if (Nodes.isNothing(node)) {
            return null;
        }
        if (type == int.class) {
            return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
        }
        if (type == long.class) {
            return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
        }
        if (type == double.class) {
            return node.isNumber() ? node.doubleValue() : null;
        }
        if (type == boolean.class) {
            return node.isBoolean() ? node.booleanValue() : null;
        }
        if (type == OptionalDouble.class) {
            if (isNone(node)) {
                return OptionalDouble.empty();
            }
            return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : null;
        }
        if (type == Optional.class) {
            if (isNone(node)) {
                return Optional.empty();
            }
            return node.isTextual() ? Optional.of(node.textValue()) : null;
        }
        if (type == List.class) {
            return texts(node);
        }
        if (type.isEnum()) {
            return node.isTextual() ? constant(type, node.textValue()) : null;
        }
        return node.isTextual() ? node.textValue() : null;
    }

    /** What a value of the type looks like, to be read after "must be". */
    static String expected(Class<?> type, JsonNode node) {
        if (type == int.class || type == long.class) {
            boolean whole = node != null && node.isIntegralNumber();
            return whole ? "a whole number of fewer digits" : "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == OptionalDouble.class) {
            return "a number or none";
        }
        if (type == Optional.class) {
            return "a text or none";
        }
        if (type == List.class) {
            return "a list of texts";
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(Scalars::word)
                        .collect(Collectors.joining(" or "))
                : "a text";
    }

    /** What to do about a value of another type; empty when that is obvious. */
    static String remedy(Class<?> type, JsonNode node) {
        if (Nodes.isNothing(node)) {
            return "remove the key to get the default";
        }
        if (type == String.class && node.isValueNode()) {
            return "put it in quotes";
        }
        boolean quoted = node.isTextual() && node.textValue().matches("-?[0-9.]+|true|false");
        return quoted ? "remove the quotes" : "";
    }

    static JsonNode write(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return NODES.numberNode(BigInteger.valueOf(((Number) value).longValue()));
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? write(number.getAsDouble()) : NODES.textNode(NONE);
        }
        if (value instanceof Optional<?> text) {
            return NODES.textNode(text.map(Object::toString).orElse(NONE));
        }
        if (value instanceof List<?> texts) {
            ArrayNode list = NODES.arrayNode();
            texts.forEach(text -> list.add(text.toString()));
            return list;
        }
        return NODES.textNode(value instanceof Enum<?> ? word(value) : value.toString());
    }

    /** An enum's constant as it is written in a file: {@code event-time}. */
    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object constant(Class<?> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElse(null);
    }

    private static List<String> texts(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            if (!element.isTextual()) {
                return null;
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static boolean isNone(JsonNode node) {
        return node.isTextual() && node.textValue().equals(NONE);
    }
}
