package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.features.FeatureJob;
import io.sluice.jobs.train.LocalJob;
import io.sluice.jobs.train.TrainingJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice features}: the features job, in this process or on the cluster it is given to. */
@Command(
        name = "features",
        description =
                "Computes streaming features from Kafka and publishes them: in this process, or on"
                        + " a cluster when started by Flink's own client.",
        subcommands = FeaturesExplainCommand.class)
final class FeaturesCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--bounded",
            description =
                    "Computes from nothing up to the offsets that are the latest at the start, and"
                            + " ends there (default: never ends).")
    private boolean bounded;

    @Option(
            names = "--from",
            paramLabel = "POINT",
            description =
                    "Where to go on: newest (checkpoint in train.checkpointDir), nothing, or a path"
                            + " or URI of a checkpoint or savepoint (default: newest). Flink's client"
                            + " has -s for this.")
    private String from;

    @Override
    public Integer call() throws Exception {
        SluiceConfig config = options.load();
        TrainingJob.Mode mode = bounded ? TrainingJob.Mode.BOUNDED : TrainingJob.Mode.UNBOUNDED;
        if (config.streaming().features().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "streaming must declare at least one feature, found none; without one there is"
                            + " nothing to compute");
        }
        if (!SluiceCommand.isOwnProcess()) {
            refuseFrom("is for a process of its own; give -s to 'flink run'");
            Topics.ensureForFeatures(config);
            FeatureJob.environment(config, mode).execute(FeatureJob.name(config));
            return SluiceCommand.DONE;
        }
        if (bounded) {
            // A restored source keeps the ends it had, and that of an endless run has none.
            refuseFrom("must be left out with --bounded, which computes from nothing");
        }
        Topics.ensureForFeatures(config);
        String point = from == null ? (bounded ? "nothing" : "newest") : from;
        new LocalJob(
                        config,
                        "computing streaming features of",
                        FeatureJob.name(config),
                        FeatureJob.environment(config, mode),
                        FeatureJob.settings(config, mode),
                        config.train().parallelism(),
                        spec.commandLine().getErr()::println)
                .run(point);
        return SluiceCommand.DONE;
    }

    private void refuseFrom(String reason) {
        if (from != null) {
            throw new ParameterException(spec.commandLine(), "--from " + reason);
        }
    }
}
