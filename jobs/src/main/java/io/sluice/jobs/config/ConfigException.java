package io.sluice.jobs.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration with faults, all of them. */
public final class ConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialised; the message says it all
    private final List<ConfigProblem> problems;

    /** All faults, which are shown together. */
    public ConfigException(List<ConfigProblem> problems) {
        super(
                problems.stream()
                        .map(ConfigProblem::toString)
                        .collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All faults, in the order of the configuration. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
