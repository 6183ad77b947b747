package io.sluice.jobs.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads YAML into a tree, with the line of every key.
 *
 * <p>Why not Jackson's own tree reader: it stops at the first duplicate key, forgets the lines,
 * puts a part of the text into its messages (which may be a secret), and makes 7 of a password 007.
 */
final class YamlReader {

    private static final YAMLFactory FACTORY = new YAMLFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String source;
    private final Problems problems;
    private YAMLParser parser;

    /**
     * @param source what the text is called in messages, for instance the file's name
     * @param problems where faults and places go
     */
    YamlReader(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The value of one document; empty text is an empty map. After a fault null. */
    JsonNode read(String text, String path) {
        try (YAMLParser opened = FACTORY.createParser(text)) {
            parser = opened;
            if (parser.nextToken() == null) {
                return NODES.objectNode();
            }
            JsonNode root = value(path);
            if (parser.nextToken() != null) {
                refuse("a second document or value", "one document", "remove the line '---'");
                return null;
            }
            return root;
        } catch (JsonProcessingException fault) {
            refuseSyntax(fault);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can't fail to be read", e);
        }
        return null;
    }

    /** Jackson's messages quote the text around the fault, which may be a secret; ours don't. */
    @SuppressWarnings("deprecation") // nothing else has the problem apart from the text around it
    private void refuseSyntax(JsonProcessingException fault) {
        if (fault instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            int line = marked.getProblemMark().getLine() + 1;
            int column = marked.getProblemMark().getColumn() + 1;
            problems.addAt(
                    at(line, column), source, marked.getProblem(), "YAML without mistakes", "");
        } else {
            refuse("something else", "YAML without mistakes", "");
        }
    }

    private JsonNode value(String path) throws IOException {
        JsonToken token = parser.currentToken();
        if (parser.isCurrentAlias()) {
            refuse("an alias", "values written out", "YAML's & and * are not supported");
            return NODES.nullNode();
        }
        if (token == JsonToken.START_OBJECT) {
            return object(path);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(path);
        }
        // As it is written: a password of 007 is not the number 7.
        if (Paths.kafkaProperty(path).isPresent() && token != JsonToken.VALUE_NULL) {
            return NODES.textNode(parser.getText());
        }
        return switch (token) {
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(number());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(parser.getText());
        };
    }

    /** Jackson knows these words for floats, but not their values. */
    private double number() throws IOException {
        return switch (parser.getText().toLowerCase(Locale.ROOT)) {
            case ".nan" -> Double.NaN;
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> parser.getDoubleValue();
        };
    }

    private ObjectNode object(String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        Map<String, String> seen = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String child = Paths.child(path, key);
            String place = here();
            parser.nextToken();
            JsonNode value = value(child);
            String before = seen.putIfAbsent(key, place);
            if (before == null) {
                problems.place(child, place);
                object.set(key, value);
            } else {
                problems.addAt(
                        place, child, "a second one", "given once", "the first is at " + before);
            }
        }
        return object;
    }

    private ArrayNode array(String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String entry = Paths.entry(path, array.size());
            problems.place(entry, here());
            array.add(value(entry));
        }
        return array;
    }

    private void refuse(String found, String expected, String remedy) {
        problems.addAt(here(), source, found, expected, remedy);
    }

    private String here() {
        JsonLocation location = parser.currentTokenLocation();
        return at(location.getLineNr(), location.getColumnNr());
    }

    private String at(int line, int column) {
        return source + ":" + line + ":" + column;
    }
}
