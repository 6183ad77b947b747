package io.sluice.jobs.cli;

import io.sluice.jobs.bench.ServeBench;
import io.sluice.jobs.replay.FeatureBench;
import io.sluice.jobs.replay.LearnBench;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench}: how fast the parts are on this machine. */
@Command(name = "bench", description = "Measures how fast the parts are on this machine.")
public final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    /** Called when no benchmark is named, which is wrong usage. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a benchmark: learn, features or serve");
    }

    /** {@code sluice bench learn}. */
    @Command(
            name = "learn",
            description =
                    "Learns the interactions of a data set from memory, on one core, several times,"
                            + " and prints examples per second.")
    int learn(
            @Mixin CommonOptions common,
            @Option(
                            names = "--runs",
                            defaultValue = "5",
                            description =
                                    "How often (default: ${DEFAULT-VALUE}); the median counts.")
                    int runs)
            throws Exception {
        if (runs < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--runs must be 1 or more, found " + runs);
        }
        ReplayRequest request = common.request(Optional.of(ExampleKind.INTERACTIONS), false);
        LearnBench.run(request, runs, spec.commandLine().getOut());
        return SluiceCommand.DONE;
    }

    /** {@code sluice bench features}. */
    @Command(
            name = "features",
            description =
                    "Takes generated events from an embedded Kafka through the features job, several"
                            + " times, and prints events per second.")
    int features(
            @Mixin ConfigOptions config,
            @Option(
                            names = "--events",
                            paramLabel = "N",
                            defaultValue = "1000000",
                            description = "How many events (default: ${DEFAULT-VALUE}).")
                    int events,
            @Option(
                            names = "--runs",
                            paramLabel = "N",
                            defaultValue = "3",
                            description =
                                    "How often (default: ${DEFAULT-VALUE}); the median counts.")
                    int runs,
            @Option(
                            names = "--json",
                            paramLabel = "FILE",
                            description =
                                    "File for the figures, one JSON object (default: none is"
                                            + " written).")
                    Path json)
            throws Exception {
        if (events < 1 || runs < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--events and --runs must be 1 or more, found %d and %d"
                            .formatted(events, runs));
        }
        FeatureBench.run(
                new FeatureBench.Request(
                        own -> {
                            config.file().ifPresent(own::file);
                            return config.overrides(own);
                        },
                        events,
                        runs,
                        Optional.ofNullable(json),
                        Revision.current().describe()),
                spec.commandLine().getOut());
        return SluiceCommand.DONE;
    }

    /** {@code sluice bench serve}. */
    @Command(
            name = "serve",
            description =
                    "Asks a server and a rerank job on a fixed schedule, measures from a click to a"
                            + " changed score, and prints percentiles.")
    int serve(
            @Mixin ConfigOptions config,
            @Option(
                            names = "--history",
                            paramLabel = "N",
                            defaultValue = "20000",
                            description =
                                    "Lists that are learnt before (default: ${DEFAULT-VALUE}).")
                    int history,
            @Option(
                            names = "--http",
                            paramLabel = "N",
                            defaultValue = "30000",
                            description =
                                    "Requests over HTTP in each run, 500 a second (default:"
                                            + " ${DEFAULT-VALUE}); 0: none.")
                    int http,
            @Option(
                            names = "--kafka",
                            paramLabel = "N",
                            defaultValue = "12000",
                            description =
                                    "Requests over Kafka in each run, 200 a second (default:"
                                            + " ${DEFAULT-VALUE}); 0: none.")
                    int kafka,
            @Option(
                            names = "--clicks",
                            paramLabel = "N",
                            defaultValue = "600",
                            description =
                                    "Clicks in each run, 10 a second (default: ${DEFAULT-VALUE});"
                                            + " 0: none.")
                    int clicks,
            @Option(
                            names = "--runs",
                            paramLabel = "N",
                            defaultValue = "3",
                            description =
                                    "How often (default: ${DEFAULT-VALUE}); the median counts.")
                    int runs,
            @Option(
                            names = "--json",
                            paramLabel = "FILE",
                            description =
                                    "File for the figures, one JSON object (default: none is"
                                            + " written).")
                    Path json)
            throws Exception {
        if (Math.min(history, runs) < 1 || Math.min(Math.min(http, kafka), clicks) < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--history and --runs must be 1 or more, --http, --kafka and --clicks 0 or more");
        }
        ServeBench.run(
                new ServeBench.Request(
                        own -> {
                            config.file().ifPresent(own::file);
                            return config.overrides(own);
                        },
                        history,
                        http,
                        kafka,
                        clicks,
                        runs,
                        Optional.ofNullable(json),
                        Revision.current().describe()),
                spec.commandLine().getOut());
        return SluiceCommand.DONE;
    }
}
