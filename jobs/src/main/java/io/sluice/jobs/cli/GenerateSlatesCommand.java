package io.sluice.jobs.cli;

import io.sluice.jobs.replay.RedundantStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice generate-slates}: slates to measure rankers on. */
@Command(
        name = "generate-slates",
        description =
                "Writes generated slates of redundant pools: of each topic one item is enough. For"
                        + " replay and rankers, with --set rank.group=topic.")
public final class GenerateSlatesCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder that slates.jsonl is written into.")
    private Path out;

    @Option(
            names = "--slates",
            defaultValue = "10000",
            paramLabel = "N",
            description = "How many slates (default: ${DEFAULT-VALUE}).")
    private int slates;

    @Option(
            names = "--pool",
            defaultValue = "50",
            paramLabel = "N",
            description = "Candidates of each, 4 to 1000 (default: ${DEFAULT-VALUE}).")
    private int pool;

    @Option(
            names = "--topics",
            defaultValue = "8",
            paramLabel = "N",
            description = "How many topics there are, 2 to 100 (default: ${DEFAULT-VALUE}).")
    private int topics;

    @Option(
            names = "--exploration",
            defaultValue = "0",
            paramLabel = "SHARE",
            description =
                    "Makes it the log of another ranker that shuffles this share of its lists, with"
                            + " propensities, for evaluate-policy; 0 to 1 (default:"
                            + " ${DEFAULT-VALUE}).")
    private double exploration;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of all draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Exception {
        new RedundantStream(slates, pool, topics, exploration, seed).write(out);
        return SluiceCommand.DONE;
    }
}
