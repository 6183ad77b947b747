package io.sluice.jobs.cli;

import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that measures: what goes in, and where the figures go. */
public final class CommonOptions {

    /** What {@code --data} takes. */
    static final String DATA =
            "Folder of a data set, or one file of interactions. Rows of equal time don't know one"
                    + " another, unless --set examples.ordered=true says that they follow one"
                    + " another in the order of the file.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin private ConfigOptions config;

    @Option(names = "--data", paramLabel = "PATH", required = true, description = DATA)
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for what the command leaves behind (default: none is left).")
    private Path out;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "File for the figures, one JSON object (default: none is written).")
    private Path json;

    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Stops after this many examples, 1 or more (default: all).")
    void limit(long examples) {
        if (examples < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--limit must be 1 or more, found " + examples);
        }
        limit = examples;
    }

    /**
     * What to run through the learner.
     *
     * @param examples empty: slates where there are some
     * @param flink through Kafka and the training job instead of in this thread
     */
    ReplayRequest request(Optional<ExampleKind> examples, boolean flink) {
        return new ReplayRequest(
                config.file(),
                config::overrides,
                data,
                examples,
                limit,
                flink,
                Optional.ofNullable(out),
                Optional.ofNullable(json),
                Revision.current().describe());
    }

    /** How the command is configured. */
    public ConfigOptions config() {
        return config;
    }
}
