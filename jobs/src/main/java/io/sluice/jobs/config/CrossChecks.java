package io.sluice.jobs.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What spans several parts of a configuration.
 *
 * <p>A rule is passed over while one of its keys has a fault of its own: it would speak of a
 * stand-in that nobody wrote.
 */
abstract class CrossChecks {

    private final SluiceConfig config;
    private final Problems problems;

    CrossChecks(SluiceConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /** Collects what does not fit in the whole of a configuration. */
    static void run(SluiceConfig config, Problems problems) {
        new StreamChecks(config, problems).check();
        new ModelChecks(config, problems).check();
        new RankChecks(config, problems).check();
    }

    abstract void check();

    final SluiceConfig config() {
        return config;
    }

    final Problems problems() {
        return problems;
    }

    /**
     * Adds a fault unless the rule holds, or a key that it speaks of has a fault already.
     *
     * @param path of the key that is wrong
     * @param others keys that the rule depends on
     */
    final void require(
            boolean holds,
            String path,
            Object found,
            String expected,
            String remedy,
            String... others) {
        List<String> paths = new ArrayList<>(List.of(others));
        paths.add(path);
        if (!holds && !problems.touches(paths.toArray(String[]::new))) {
            problems.add(path, found.toString(), expected, remedy);
        }
    }
}
