package io.sluice.jobs.compare;

import io.sluice.jobs.config.ConfigException;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigProblem;
import io.sluice.jobs.config.SluiceConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the configuration of each arm, and reports the faults of all arms at once. */
final class ArmConfigs {

    private static final String SEEDS = "--seeds";

    private final SluiceConfig common;
    private final Supplier<ConfigLoader> loader;
    private final String budgetKey;

    /**
     * Arms of one comparison.
     *
     * @param common what they all start from
     * @param loader makes a loader that holds that
     * @param budgetKey the key that a budget is written to
     */
    ArmConfigs(SluiceConfig common, Supplier<ConfigLoader> loader, String budgetKey) {
        this.common = common;
        this.loader = loader;
        this.budgetKey = budgetKey;
    }

    /**
     * Loads every arm once.
     *
     * @throws ConfigException with every fault of every arm
     */
    void check(List<Contestant> arms) {
        Set<ConfigProblem> problems = new LinkedHashSet<>();
        for (Contestant arm : arms) {
            if (arm.overrides().stream().anyMatch(set -> set.strip().matches("seed\\s*=.*"))) {
                problems.add(stranger("seed", arm, "give all seeds with " + SEEDS));
            }
            try {
                problems.addAll(strangers(arm, of(arm, common.seed())));
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(List.copyOf(problems));
        }
    }

    /** The configuration of one arm with one seed. */
    SluiceConfig of(Contestant arm, long seed) {
        ConfigLoader layers = loader.get();
        arm.overrides().forEach(setting -> layers.set(setting, arm.source()));
        if (arm.budget() != null) {
            layers.set(budgetKey + "=" + arm.budget().text(), "--budget-key");
        }
        return layers.set("seed=" + seed, SEEDS).load();
    }

    /** What decides about the examples can't differ: figures over other examples say nothing. */
    private List<ConfigProblem> strangers(Contestant arm, SluiceConfig config) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (!config.examples().equals(common.examples())) {
            problems.add(stranger("examples", arm, "set it for all with --set"));
        }
        if (!config.limits().equals(common.limits())) {
            problems.add(stranger("limits", arm, "set it for all with --set"));
        }
        return problems;
    }

    private static ConfigProblem stranger(String field, Contestant arm, String remedy) {
        return new ConfigProblem(
                field,
                "one of its own in arm " + arm.group(),
                "the same for all arms",
                remedy,
                arm.source());
    }
}
