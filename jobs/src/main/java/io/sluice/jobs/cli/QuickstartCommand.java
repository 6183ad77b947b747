package io.sluice.jobs.cli;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.quickstart.LogFile;
import io.sluice.jobs.quickstart.Quickstart;
import io.sluice.jobs.quickstart.QuickstartConfig;
import io.sluice.jobs.quickstart.QuickstartOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice quickstart}: the whole loop in one process, with simulated users. */
@Command(
        name = "quickstart",
        description =
                "Runs broker, training job, server and simulated users in one process for a minute.")
final class QuickstartCommand implements Callable<Integer> {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 3600;

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions config;

    private int seconds = 48;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for page, log and a first configuration (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("data", "quickstart");

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "File for the figures, one JSON object (default: none is written).")
    private Path json;

    @Option(
            names = "--keep-data",
            description = "Keep what broker, job and server wrote to disk, below --out.")
    private boolean keepData;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "Seconds of traffic, 10 to 3600; tastes change halfway (default: 48).")
    void duration(int wanted) {
        if (wanted < SHORTEST || wanted > LONGEST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--duration must be within [%d, %d] seconds, found %d"
                            .formatted(SHORTEST, LONGEST, wanted));
        }
        seconds = wanted;
    }

    @Override
    public Integer call() throws Exception {
        ConfigLoader loader = QuickstartConfig.loader();
        config.file().ifPresent(loader::file);
        config.overrides(loader);
        // Says what is wrong with it before anything is started.
        loader.load();
        Files.createDirectories(out);
        LogFile.use(out.resolve("quickstart.log"));
        new Quickstart(
                        loader,
                        new QuickstartOptions(
                                seconds,
                                out,
                                Optional.ofNullable(json),
                                keepData,
                                Revision.current().describe()),
                        spec.commandLine().getOut())
                .run();
        return SluiceCommand.DONE;
    }
}
