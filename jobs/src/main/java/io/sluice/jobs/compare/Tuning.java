package io.sluice.jobs.compare;

import io.sluice.jobs.replay.ArmRunner;
import io.sluice.jobs.replay.ArmStart;
import io.sluice.jobs.report.TunedSetting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Chooses settings of each arm, at each budget, by its logloss on the beginning of the stream.
 *
 * <p>One setting after the other, in the order in which they were given, each with those chosen
 * before it; of equal losses the value that was given first. All arms go through the same round
 * together, so that a round is a few passes over the beginning. The rest of the stream is not
 * looked at.
 */
final class Tuning {

    private final List<TuneRule> rules;
    private final ArmRunner runner;
    private final ArmConfigs configs;
    private final long seed;
    private final Map<String, List<TunedSetting>> settings = new LinkedHashMap<>();

    /**
     * A tuning that has chosen nothing yet.
     *
     * @param seed of its runs
     */
    Tuning(List<TuneRule> rules, ArmRunner runner, ArmConfigs configs, long seed) {
        this.rules = rules;
        this.runner = runner;
        this.configs = configs;
        this.seed = seed;
    }

    /** What was tried and chosen for an arm, by its name. */
    List<TunedSetting> settings(Contestant arm) {
        return settings.getOrDefault(arm.name(), List.of());
    }

    /**
     * Tunes all arms.
     *
     * @param examples how long the beginning is
     * @param say takes what a person should know
     * @return the arms with what was chosen, in the same order
     */
    List<Contestant> tune(List<Contestant> arms, long examples, Consumer<String> say)
            throws IOException {
        checkNames(arms);
        // Of the arms as they were given: what is chosen must not change which rules fit.
        List<List<TuneRule>> mine = new ArrayList<>();
        for (Contestant arm : arms) {
            mine.add(rules.stream().filter(rule -> rule.isFor(arm)).toList());
        }
        int rounds = mine.stream().mapToInt(List::size).max().orElse(0);
        List<Contestant> tuned = new ArrayList<>(arms);
        for (int round = 0; round < rounds; round++) {
            say.accept(
                    "tuning on the first %,d examples, round %d of %d"
                            .formatted(examples, round + 1, rounds));
            tuneOnce(tuned, inRound(mine, round), examples);
        }
        return tuned;
    }

    private void checkNames(List<Contestant> arms) {
        for (TuneRule rule : rules) {
            if (arms.stream().noneMatch(rule::isFor)) {
                throw new IllegalArgumentException(
                        "--tune must name an arm, or there must be one with settings that leaves the key open, found \"%s\" for %s"
                                .formatted(rule.arm(), rule.key()));
            }
        }
    }

    /** Which arm, by its place, is tuned by which rule. */
    private static Map<Integer, TuneRule> inRound(List<List<TuneRule>> rules, int round) {
        Map<Integer, TuneRule> found = new TreeMap<>();
        for (int i = 0; i < rules.size(); i++) {
            if (round < rules.get(i).size()) {
                found.put(i, rules.get(i).get(round));
            }
        }
        return found;
    }

    private void tuneOnce(List<Contestant> arms, Map<Integer, TuneRule> round, long examples)
            throws IOException {
        List<Contestant> trials = new ArrayList<>();
        round.forEach(
                (i, rule) ->
                        rule.values().stream()
                                .map(value -> arms.get(i).with(rule.key() + "=" + value, "--tune"))
                                .forEach(trials::add));
        configs.check(trials);
        List<ArmStart> starts = new ArrayList<>();
        for (Contestant trial : trials) {
            String name = "tuning " + trial.name();
            starts.add(new ArmStart(name, configs.of(trial, seed), example -> {}));
        }
        List<Double> losses = runner.loglossOfBeginning(starts, examples);
        int next = 0;
        for (Map.Entry<Integer, TuneRule> entry : round.entrySet()) {
            int end = next + entry.getValue().values().size();
            choose(arms, entry.getKey(), entry.getValue(), losses.subList(next, end));
            next = end;
        }
    }

    private void choose(List<Contestant> arms, int i, TuneRule rule, List<Double> losses) {
        int best = 0;
        for (int value = 1; value < losses.size(); value++) {
            if (losses.get(value) < losses.get(best)) {
                best = value;
            }
        }
        Contestant arm = arms.get(i);
        String chosen = rule.values().get(best);
        settings.computeIfAbsent(arm.name(), name -> new ArrayList<>())
                .add(new TunedSetting(rule.key(), rule.values(), List.copyOf(losses), chosen));
        arms.set(i, arm.with(rule.key() + "=" + chosen, arm.source()));
    }
}
