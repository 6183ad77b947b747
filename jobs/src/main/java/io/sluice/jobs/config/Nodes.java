package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;

/** Says in words what stands in a tree. */
final class Nodes {

    private static final int LONGEST = 80;

    private Nodes() {}

    /** A plain value as it is written, shortened when long, or the kind of anything else. */
    static String describe(JsonNode node) {
        if (isNothing(node)) {
            return "nothing";
        }
        if (node.isObject()) {
            return "a map";
        }
        if (node.isArray()) {
            return "a list";
        }
        return shorten(node.toString());
    }

    /** The text, cut where a message would become unreadable. */
    static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    static boolean isNothing(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }
}
