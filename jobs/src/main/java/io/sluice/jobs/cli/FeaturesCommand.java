package io.sluice.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice features}: looks at streaming features. */
@Command(
        name = "features",
        description = "Looks at streaming features.",
        subcommands = FeaturesExplainCommand.class)
final class FeaturesCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "features explain is required");
    }
}
