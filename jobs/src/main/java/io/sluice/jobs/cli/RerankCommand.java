package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.rerank.RerankJob;
import io.sluice.jobs.train.LocalJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice rerank}: the rerank job, in this process or on the cluster it is submitted to. */
@Command(
        name = "rerank",
        description =
                "Answers rerank requests of a topic, without end: in this process, or on a cluster"
                        + " when started by Flink's own client.")
final class RerankCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--from",
            paramLabel = "POINT",
            description =
                    "Where to go on: newest (checkpoint in train.checkpointDir), nothing (requests"
                            + " behind those that were committed), or a path or URI of a checkpoint or"
                            + " savepoint (default: newest). Flink's client has -s for this.")
    private String from;

    @Override
    public Integer call() throws Exception {
        SluiceConfig config = options.load();
        if (!SluiceCommand.isOwnProcess()) {
            if (from != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--from is for a process of its own; give -s to 'flink run'");
            }
            Topics.ensureForReranking(config);
            RerankJob.environment(config).execute(RerankJob.name(config));
            return SluiceCommand.DONE;
        }
        Topics.ensureForReranking(config);
        new LocalJob(
                        config,
                        "answering requests of",
                        RerankJob.name(config),
                        RerankJob.environment(config),
                        RerankJob.settings(config),
                        config.rerank().parallelism(),
                        spec.commandLine().getErr()::println)
                .run(from == null ? "newest" : from);
        return SluiceCommand.DONE;
    }
}
