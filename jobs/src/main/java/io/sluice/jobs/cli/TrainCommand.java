package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.train.LocalTraining;
import io.sluice.jobs.train.TrainingJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice train}: the training job, in this process or on the cluster it is submitted to. */
@Command(
        name = "train",
        description =
                "Learns from Kafka and publishes the model: in this process, or on a cluster when"
                        + " started by Flink's own client.")
final class TrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--bounded",
            description =
                    "Learns from nothing up to the offsets that are the latest at the start, and"
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
        if (config.examples().negatives() > 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "examples.negatives must be 0, found %d; negatives are drawn in replays only"
                            .formatted(config.examples().negatives()));
        }
        TrainingJob.check(config);
        TrainingJob.Mode mode = bounded ? TrainingJob.Mode.BOUNDED : TrainingJob.Mode.UNBOUNDED;
        if (!SluiceCommand.isOwnProcess()) {
            refuseFrom("is for a process of its own; give -s to 'flink run'");
            Topics.ensureForTraining(config);
            TrainingJob.environment(config, mode).execute(config.name());
            return SluiceCommand.DONE;
        }
        if (bounded) {
            // A restored source keeps the ends it had, and that of an endless run has none.
            refuseFrom("must be left out with --bounded, which learns from nothing");
        }
        Topics.ensureForTraining(config);
        String point = from == null ? (bounded ? "nothing" : "newest") : from;
        new LocalTraining(config, mode, spec.commandLine().getErr()::println).run(point);
        return SluiceCommand.DONE;
    }

    private void refuseFrom(String reason) {
        if (from != null) {
            throw new ParameterException(spec.commandLine(), "--from " + reason);
        }
    }
}
