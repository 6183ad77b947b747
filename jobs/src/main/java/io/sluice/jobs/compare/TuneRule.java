package io.sluice.jobs.compare;

import java.util.List;

/**
 * A setting and the values that are tried for it, as written on the command line: {@code
 * key=value,value} for all arms that have settings, but not this one, {@code arm:key=value,value}
 * for one. Commas inside brackets and quotes belong to the value.
 *
 * @param arm name of the arm; empty: all that have settings and leave this one open
 * @param key the setting
 * @param values in the order in which they are tried, at least two
 */
record TuneRule(String arm, String key, List<String> values) {

    static TuneRule parse(String text) {
        int equals = text.indexOf('=');
        String left = equals < 0 ? "" : text.substring(0, equals).strip();
        int colon = left.indexOf(':');
        String key = left.substring(colon + 1).strip();
        List<String> values = ArmText.split(text.substring(equals + 1));
        if (key.isEmpty() || values.size() < 2) {
            throw new IllegalArgumentException(
                    "--tune must be key=value,value or arm:key=value,value with two values or more, found \"%s\""
                            .formatted(text));
        }
        return new TuneRule(colon < 0 ? "" : left.substring(0, colon).strip(), key, values);
    }

    boolean isFor(Contestant contestant) {
        if (!arm.isEmpty()) {
            return arm.equals(contestant.group());
        }
        List<String> given = contestant.overrides();
        return !given.isEmpty() && given.stream().noneMatch(set -> set.startsWith(key + "="));
    }
}
