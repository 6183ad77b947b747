package io.sluice.jobs.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * An arm that will run.
 *
 * @param name how the report calls it: its group, or {@code group@bytes}
 * @param group the arm as it was given
 * @param overrides its settings
 * @param source the option or file that they come from, for messages
 * @param budget its memory; null without
 */
record Contestant(String name, String group, List<String> overrides, String source, Budget budget) {

    static Contestant of(String group, List<String> overrides, String source) {
        return new Contestant(group, group, List.copyOf(overrides), source, null);
    }

    Contestant at(Budget size) {
        return new Contestant(group + "@" + size.bytes(), group, overrides, source, size);
    }

    /** The same arm with one setting more, laid over the others. */
    Contestant with(String setting, String from) {
        List<String> more = new ArrayList<>(overrides);
        more.add(setting);
        return new Contestant(name, group, List.copyOf(more), from, budget);
    }

    long budgetBytes() {
        return budget == null ? 0 : budget.bytes();
    }
}
