package io.sluice.jobs.cli;

import io.sluice.jobs.compare.Compare;
import io.sluice.jobs.compare.CompareRequest;
import io.sluice.jobs.replay.ReplayRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice compare}: several configurations over the same stream. */
@Command(
        name = "compare",
        description =
                "Runs several arms over the same stream, each as replay runs it, and reports their"
                        + " differences with 95 %% confidence intervals.")
public final class CompareCommand implements Callable<Integer> {

    @Mixin private CommonOptions common;

    @Option(
            names = "--arm",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description =
                    "An arm: a name and the settings that it lays over the common configuration;"
                            + " repeatable. The arm 'default' without settings is always there.")
    private List<String> arms = new ArrayList<>();

    @Option(
            names = "--arms",
            paramLabel = "FILE",
            description = "YAML file of arms: name, and a map of settings (default: none).")
    private Path armsFile;

    @Option(
            names = "--reference",
            paramLabel = "NAME",
            description =
                    "The arm that the others are held against, with budgets at the same budget"
                            + " (default: the first).")
    private String reference;

    @Option(
            names = "--budgets",
            split = ",",
            paramLabel = "SIZE",
            description =
                    "Runs each arm with each of these sizes of memory, such as 512KiB,4MiB, as"
                            + " NAME@BYTES (default: arms run as they are).")
    private List<String> budgets = new ArrayList<>();

    @Option(
            names = "--budget-key",
            paramLabel = "KEY",
            defaultValue = "model.memory",
            description = "The setting that a budget is written to (default: ${DEFAULT-VALUE}).")
    private String budgetKey;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "N",
            description =
                    "Runs each arm with each of these seeds and reports means and spread (default:"
                            + " the one of --seed).")
    private List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--tune",
            paramLabel = "[ARM:]KEY=VALUE,VALUE,...",
            description =
                    "A setting to choose for each arm, at each budget, by its logloss on the"
                            + " beginning of the stream; of one arm, or of all that have settings but not"
                            + " this one; repeatable, one chosen after the other.")
    private List<String> tune = new ArrayList<>();

    @Option(
            names = "--tune-part",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description =
                    "How long the beginning is, a share of the stream (default: ${DEFAULT-VALUE}).")
    private double tunePart;

    @Option(
            names = "--examples",
            description =
                    "Which file holds the examples: ${COMPLETION-CANDIDATES}; without it slates"
                            + " where there are some.")
    private ReplayCommand.Examples examples;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!seeds.isEmpty() && common.config().seed().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--seed and --seeds exclude each other, found both");
        }
        ReplayRequest stream =
                common.request(Optional.ofNullable(examples).map(ReplayCommand::kind), false);
        CompareRequest request =
                new CompareRequest(
                        stream,
                        Optional.ofNullable(armsFile),
                        arms,
                        budgets,
                        budgetKey,
                        seeds,
                        tune,
                        tunePart,
                        Optional.ofNullable(reference));
        Compare.run(request, spec.commandLine().getOut(), spec.commandLine().getErr());
        return SluiceCommand.DONE;
    }
}
