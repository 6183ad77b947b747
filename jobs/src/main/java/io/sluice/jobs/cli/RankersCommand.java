package io.sluice.jobs.cli;

import io.sluice.jobs.replay.NextItemReplay;
import io.sluice.jobs.replay.RankerReplay;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice rankers}: all ways of ranking over the same slates. */
@Command(
        name = "rankers",
        description =
                "Takes slates through the learner as replay does, and puts each in order in all ways"
                        + " by what was known before it: as shown, by popularity, by score, MMR,"
                        + " DPP, one-shot, elimination, IRanker's reward, and what the gate chose.")
public final class RankersCommand implements Callable<Integer> {

    @Mixin private CommonOptions common;

    @Option(
            names = "--next-item",
            description =
                    "Asks instead which of 20 candidates a user's next item is (the protocol of"
                            + " IRanker), over interactions.")
    private boolean nextItem;

    @Option(
            names = "--candidates",
            defaultValue = "20",
            paramLabel = "N",
            description = "With --next-item: candidates of a pool (default: ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--history",
            defaultValue = "20",
            paramLabel = "N",
            description =
                    "With --next-item: events of a user before it is asked (default:"
                            + " ${DEFAULT-VALUE}).")
    private int history;

    @Option(
            names = "--popular-negatives",
            description =
                    "With --next-item: draws the wrong candidates by how often they came (default:"
                            + " all alike).")
    private boolean popular;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ReplayRequest request =
                common.request(
                        Optional.of(nextItem ? ExampleKind.INTERACTIONS : ExampleKind.SLATES),
                        false);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (nextItem) {
            NextItemReplay.run(
                    request, new NextItemReplay.Setting(candidates, history, popular), out, err);
        } else {
            RankerReplay.run(request, out, err);
        }
        return SluiceCommand.DONE;
    }
}
