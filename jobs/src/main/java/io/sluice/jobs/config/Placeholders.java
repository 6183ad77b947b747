package io.sluice.jobs.config;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${env:NAME}} by the environment variable NAME. */
final class Placeholders {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

    private final UnaryOperator<String> environment;

    /**
     * @param environment from a variable's name to its value, null when it is not set
     */
    Placeholders(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** Whether the text is one placeholder and nothing else. */
    static boolean isOne(String text) {
        return PLACEHOLDER.matcher(text).matches();
    }

    /** Whether somebody meant a placeholder here. */
    static boolean isMeantIn(String text) {
        return text.contains("${env");
    }

    /** Whether something that looks like a placeholder is not written as one. */
    static boolean isBroken(String text) {
        return isMeantIn(PLACEHOLDER.matcher(text).replaceAll(""));
    }

    /**
     * The text with all placeholders replaced; names of variables that are not set go to {@code
     * missing}.
     */
    String resolve(String text, Consumer<String> missing) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = environment.apply(matcher.group(1));
            if (value == null) {
                missing.accept(matcher.group(1));
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
        }
        return matcher.appendTail(out).toString();
    }
}
