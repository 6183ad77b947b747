package io.sluice.jobs.cli;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which every command is configured. */
public final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with what differs from the defaults (default: none).")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets one key over the file, for instance model.dimensions=32; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of every random choice, a whole number (default: the key 'seed').")
    private Long seed;

    /** The file, if one was given. */
    public Optional<Path> file() {
        return Optional.ofNullable(config);
    }

    /** The seed, if one was given. */
    public Optional<Long> seed() {
        return Optional.ofNullable(seed);
    }

    /** The configuration: defaults, file, settings, seed, the later over the earlier. */
    public SluiceConfig load() {
        ConfigLoader loader = new ConfigLoader();
        file().ifPresent(loader::file);
        return overrides(loader).load();
    }

    /** Lays --set and --seed over what the loader has, for commands with a file of their own. */
    public ConfigLoader overrides(ConfigLoader loader) {
        loader.set(settings);
        if (seed != null) {
            loader.set("seed=" + seed);
        }
        return loader;
    }
}
