package io.sluice.jobs.cli;

import io.sluice.jobs.replay.Import;
import io.sluice.jobs.replay.ImportRequest;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice import}: history from files, before a pipeline goes live. */
@Command(
        name = "import",
        description =
                "Sends the events of a data set, in order of time, into the empty topics of a"
                        + " pipeline that is to go live: its jobs learn history first and go on with"
                        + " what the product sends behind it.")
final class ImportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            required = true,
            description = CommonOptions.DATA)
    private Path data;

    @Option(
            names = "--examples",
            description =
                    "Which file holds the examples: ${COMPLETION-CANDIDATES}; without it the one"
                            + " that examples.source asks for, where there are both.")
    private ReplayCommand.Examples examples;

    private OptionalLong until = OptionalLong.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "Sends only what happened before: epoch milliseconds, or a date and time with"
                            + " its zone as in 2026-01-31T00:00:00Z. Live traffic begins there"
                            + " (default: sends everything).")
    void until(String time) {
        until = OptionalLong.of(epochMs(time));
    }

    private long epochMs(String time) {
        try {
            return time.matches("-?[0-9]+")
                    ? Long.parseLong(time)
                    : OffsetDateTime.parse(time).toInstant().toEpochMilli();
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--until must be epoch milliseconds or a date and time with its zone as in"
                            + " 2026-01-31T00:00:00Z, found '"
                            + time
                            + "'",
                    e);
        }
    }

    @Override
    public Integer call() throws Exception {
        Path config =
                options.file()
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "--config must name the file of the pipeline that"
                                                        + " goes live, found none"));
        ImportRequest request =
                new ImportRequest(
                        config,
                        options::overrides,
                        data,
                        Optional.ofNullable(examples).map(ReplayCommand::kind),
                        until);
        Import.run(request, spec.commandLine().getOut(), spec.commandLine().getErr());
        return SluiceCommand.DONE;
    }
}
