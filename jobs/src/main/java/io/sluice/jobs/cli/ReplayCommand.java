package io.sluice.jobs.cli;

import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice replay}: a data set through the learner, and how good its predictions were. */
@Command(
        name = "replay",
        description =
                "Runs a data set through the learner, each example predicted before it is learnt,"
                        + " and reports how good the predictions were.")
public final class ReplayCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            description =
                    "Folder with interactions.csv or slates.jsonl (items.csv and users.csv beside"
                            + " them are used), or one such file; each may be gzipped.")
    private Path data;

    @Option(
            names = "--config",
            description = "Configuration; without one it is inferred from the data and printed.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides one key of the configuration; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", description = "Seed of all random choices; the same as --set seed=N.")
    private Long seed;

    @Option(
            names = "--examples",
            description =
                    "Which file holds the examples: ${COMPLETION-CANDIDATES}; without it slates"
                            + " where there are some.")
    private Examples examples;

    @Option(
            names = "--limit",
            description = "Ends after this many examples, or requests of slates.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--flink",
            description =
                    "Sends the events through an embedded Kafka and the training job on a"
                            + " mini-cluster instead of learning in this thread.")
    private boolean flink;

    @Option(
            names = "--out",
            description =
                    "Folder for config.yaml, report.html and dead-letters.jsonl; made if missing.")
    private Path out;

    @Option(names = "--json", description = "File for the figures as one JSON object.")
    private Path json;

    @Spec private CommandSpec spec;

    /** The two kinds of examples, as they are written on the command line. */
    enum Examples {
        slates,
        interactions
    }

    @Override
    public Integer call() throws Exception {
        List<String> all = new ArrayList<>(settings);
        if (seed != null) {
            all.add("seed=" + seed);
        }
        ReplayRequest request =
                new ReplayRequest(
                        Optional.ofNullable(config),
                        all,
                        data,
                        Optional.ofNullable(examples).map(ReplayCommand::kind),
                        limit,
                        flink,
                        Optional.ofNullable(out),
                        Optional.ofNullable(json),
                        Revision.current().describe());
        Replay.run(request, spec.commandLine().getOut(), spec.commandLine().getErr());
        return SluiceCommand.DONE;
    }

    private static ExampleKind kind(Examples examples) {
        return examples == Examples.slates ? ExampleKind.SLATES : ExampleKind.INTERACTIONS;
    }
}
