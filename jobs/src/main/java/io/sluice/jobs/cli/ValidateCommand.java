package io.sluice.jobs.cli;

import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sluice validate}: every fault of a configuration, or one line that says what it does, and
 * one for what it asks for and does not get.
 */
@Command(
        name = "validate",
        description = "Checks a configuration and reports every fault at once; starts nothing.")
final class ValidateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--print",
            description = "Prints the effective configuration as YAML, without secrets.")
    private boolean print;

    @Override
    public Integer call() {
        SluiceConfig config = options.load();
        PrintWriter out = spec.commandLine().getOut();
        if (print) {
            out.print(ConfigPrinter.yaml(config));
        }
        // A comment, so that what --print prints stays YAML.
        String comment = print ? "# " : "";
        out.println(comment + "valid: " + summary(config));
        config.memoryLeftOut().ifPresent(why -> out.println(comment + "note: " + why));
        out.flush();
        return SluiceCommand.DONE;
    }

    private static String summary(SluiceConfig config) {
        return "pipeline '%s' learns from %s with %s in %d dimensions, Kafka at %s"
                .formatted(
                        config.name(),
                        config.examples().source().name().toLowerCase(Locale.ROOT),
                        features(config),
                        config.model().dimensions(),
                        config.kafka().bootstrap());
    }

    private static String features(SluiceConfig config) {
        String declared = "%d features".formatted(config.features().features().size());
        int streaming = config.streaming().features().size();
        return streaming == 0 ? declared : declared + " and %d streaming ones".formatted(streaming);
    }
}
