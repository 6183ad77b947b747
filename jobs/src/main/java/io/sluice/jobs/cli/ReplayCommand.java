package io.sluice.jobs.cli;

import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private CommonOptions common;

    @Option(
            names = "--examples",
            description =
                    "Which file holds the examples: ${COMPLETION-CANDIDATES}; without it slates"
                            + " where there are some.")
    private Examples examples;

    @Option(
            names = "--flink",
            description =
                    "Sends the events through an embedded Kafka and the training job on a"
                            + " mini-cluster instead of learning in this thread.")
    private boolean flink;

    @Spec private CommandSpec spec;

    /** The two kinds of examples, as they are written on the command line. */
    enum Examples {
        slates,
        interactions
    }

    @Override
    public Integer call() throws Exception {
        ReplayRequest request =
                common.request(Optional.ofNullable(examples).map(ReplayCommand::kind), flink);
        Replay.run(request, spec.commandLine().getOut(), spec.commandLine().getErr());
        return SluiceCommand.DONE;
    }

    static ExampleKind kind(Examples examples) {
        return examples == Examples.slates ? ExampleKind.SLATES : ExampleKind.INTERACTIONS;
    }
}
