package io.sluice.jobs.compare;

import io.sluice.jobs.config.OverridesFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All arms of a comparison, and which of them each is held against.
 *
 * @param contestants in the order of the report: budgets from the first, arms within them
 * @param reference a group or a contestant's name
 */
record Lineup(List<Contestant> contestants, String reference) {

    /** The arm without overrides, there unless it is given. */
    private static final String DEFAULT = "default";

    static Lineup of(CompareRequest request) {
        Map<String, Contestant> groups = groups(request);
        List<Budget> budgets = request.budgets().stream().map(Budget::parse).distinct().toList();
        List<Contestant> contestants =
                budgets.isEmpty()
                        ? List.copyOf(groups.values())
                        : budgets.stream()
                                .flatMap(size -> groups.values().stream().map(arm -> arm.at(size)))
                                .toList();
        Set<String> names =
                contestants.stream()
                        .map(Contestant::name)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        if (names.size() < contestants.size()) {
            throw new IllegalArgumentException(
                    "--budgets must be different, found " + request.budgets());
        }
        names.addAll(groups.keySet());
        String reference = request.reference().orElse(groups.keySet().iterator().next());
        if (!names.contains(reference)) {
            throw new IllegalArgumentException(
                    "--reference must be one of %s, found \"%s\""
                            .formatted(String.join(", ", names), reference));
        }
        return new Lineup(contestants, reference);
    }

    private static Map<String, Contestant> groups(CompareRequest request) {
        Map<String, Contestant> groups = new LinkedHashMap<>();
        groups.put(DEFAULT, Contestant.of(DEFAULT, List.of(), "--arm " + DEFAULT));
        Set<String> given = new LinkedHashSet<>();
        request.armsFile()
                .ifPresent(
                        file ->
                                OverridesFile.read(file)
                                        .forEach(
                                                (name, overrides) -> {
                                                    given.add(ArmText.checkName(name));
                                                    String source = file + " " + name;
                                                    groups.put(
                                                            name,
                                                            Contestant.of(name, overrides, source));
                                                }));
        for (String text : request.arms()) {
            ArmText arm = ArmText.parse(text);
            if (!given.add(arm.name())) {
                throw new IllegalArgumentException(
                        "--arm must have names of their own, found a second \"%s\""
                                .formatted(arm.name()));
            }
            groups.put(
                    arm.name(), Contestant.of(arm.name(), arm.overrides(), "--arm " + arm.name()));
        }
        return groups;
    }

    /** The arm that this one is held against: at the same budget unless one is named in full. */
    Contestant referenceOf(Contestant arm) {
        return contestants.stream()
                .filter(
                        other ->
                                other.name().equals(reference)
                                        || (other.group().equals(reference)
                                                && other.budgetBytes() == arm.budgetBytes()))
                .findFirst()
                .orElseThrow();
    }
}
