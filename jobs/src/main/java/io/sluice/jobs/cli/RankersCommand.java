package io.sluice.jobs.cli;

import io.sluice.jobs.replay.RankerReplay;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ReplayRequest request =
                new ReplayRequest(
                        common.config().file(),
                        common.config()::overrides,
                        common.data(),
                        Optional.of(ExampleKind.SLATES),
                        common.limit(),
                        false,
                        common.out(),
                        common.json(),
                        Revision.current().describe());
        RankerReplay.run(request, spec.commandLine().getOut(), spec.commandLine().getErr());
        return SluiceCommand.DONE;
    }
}
