package io.sluice.jobs.cli;

import io.sluice.jobs.replay.PolicyReplay;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice evaluate-policy}: what a configuration would have been worth, from a log. */
@Command(
        name = "evaluate-policy",
        description =
                "Estimates what a configuration, or a kept version of a model, would be worth from"
                        + " lists that another one has shown"
                        + " with known propensities: inverse propensity scoring, self-normalised, and"
                        + " doubly robust, with 95 %% intervals. The folder holds slates.jsonl, or"
                        + " impressions.jsonl and feedback.jsonl as exported from the topics.")
public final class EvaluatePolicyCommand implements Callable<Integer> {

    @Mixin private CommonOptions common;

    @Option(
            names = "--places",
            defaultValue = "10",
            paramLabel = "N",
            description = "How many first places of a list count (default: ${DEFAULT-VALUE}).")
    private int places;

    @Option(
            names = "--clip",
            defaultValue = "Infinity",
            paramLabel = "WEIGHT",
            description =
                    "Largest weight of a place, above 0; less noise for a known bias (default: no"
                            + " limit).")
    private double clip;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "A version kept by 'model save' or 'replay --out': it is judged as it is, on the"
                            + " lists later than what it has learnt (default: the configuration's"
                            + " own learner runs through the log).")
    private Path model;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ReplayRequest request = common.request(Optional.of(ExampleKind.SLATES), false);
        PolicyReplay.run(
                request,
                new PolicyReplay.Setting(places, clip, Optional.ofNullable(model)),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return SluiceCommand.DONE;
    }
}
