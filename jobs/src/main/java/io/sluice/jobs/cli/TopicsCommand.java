package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice topics}: the topics of a pipeline. */
@Command(name = "topics", description = "Creates or checks the topics of a pipeline.")
final class TopicsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "topics create or topics check is required");
    }

    @Command(
            name = "create",
            description =
                    "Creates the topics that are missing, each with the cleanup policy it needs, and"
                            + " checks the others.")
    int create(@Mixin ConfigOptions options) {
        SluiceConfig config = options.load();
        Topics.create(config);
        return say(config);
    }

    @Command(
            name = "check",
            description = "Checks that all topics are there and fit; changes nothing.")
    int check(@Mixin ConfigOptions options) {
        SluiceConfig config = options.load();
        Topics.check(config);
        return say(config);
    }

    private int say(SluiceConfig config) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "topics at %s are ready: %s%n",
                config.kafka().bootstrap(), String.join(", ", config.topics().names()));
        out.flush();
        return SluiceCommand.DONE;
    }
}
