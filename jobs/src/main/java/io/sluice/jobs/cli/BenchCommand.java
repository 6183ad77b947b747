package io.sluice.jobs.cli;

import io.sluice.jobs.replay.LearnBench;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.replay.dataset.ExampleKind;
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
        throw new ParameterException(spec.commandLine(), "name a benchmark: learn");
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
        ReplayRequest request =
                new ReplayRequest(
                        common.config().file(),
                        common.config()::overrides,
                        common.data(),
                        Optional.of(ExampleKind.INTERACTIONS),
                        common.limit(),
                        false,
                        common.out(),
                        common.json(),
                        Revision.current().describe());
        LearnBench.run(request, runs, spec.commandLine().getOut());
        return SluiceCommand.DONE;
    }
}
