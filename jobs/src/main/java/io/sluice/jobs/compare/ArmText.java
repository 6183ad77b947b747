package io.sluice.jobs.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An arm as it is written on the command line: {@code name:key=value,key=value}. Commas inside
 * brackets and quotes belong to the value.
 *
 * @param name of the arm
 * @param overrides its settings, {@code key=value}
 */
record ArmText(String name, List<String> overrides) {

    /** Not '@': it stands between a name and a budget. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,59}");

    static ArmText parse(String text) {
        int colon = text.indexOf(':');
        String name = checkName((colon < 0 ? text : text.substring(0, colon)).strip());
        List<String> overrides = new ArrayList<>();
        for (String setting : split(colon < 0 ? "" : text.substring(colon + 1))) {
            if (setting.indexOf('=') < 1) {
                throw new IllegalArgumentException(
                        "--arm must be name:key=value,key=value, found \"%s\" in arm %s"
                                .formatted(setting, name));
            }
            overrides.add(setting);
        }
        return new ArmText(name, overrides);
    }

    static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of an arm must be 1 to 60 letters, digits, '.', '_', '+' or '-', found \"%s\""
                            .formatted(name));
        }
        return name;
    }

    /** Parts between commas that stand outside of brackets and quotes, without blank ones. */
    static List<String> split(String settings) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < settings.length(); i++) {
            char c = settings.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            }
            if (c == ',' && depth == 0 && quote == 0) {
                add(part, parts);
            } else {
                part.append(c);
            }
        }
        add(part, parts);
        return parts;
    }

    private static void add(StringBuilder part, List<String> parts) {
        if (!part.toString().isBlank()) {
            parts.add(part.toString().strip());
        }
        part.setLength(0);
    }
}
