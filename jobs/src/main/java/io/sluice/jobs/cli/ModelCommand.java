package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.ModelTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice model}: looks at what is published. */
@Command(name = "model", description = "Looks at the published model.")
final class ModelCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "model show or model list is required");
    }

    @Command(
            name = "show",
            description = "Shows the newest publication on the model topic; reads the whole topic.")
    int show(@Mixin ConfigOptions options) throws IOException {
        ModelSummary summary = read(options);
        summary.show(out(), Clock.systemUTC().millis());
        return SluiceCommand.DONE;
    }

    @Command(
            name = "list",
            description =
                    "Lists the publications that compaction has left on the model topic, the newest"
                            + " last, at most 1000.")
    int list(@Mixin ConfigOptions options) throws IOException {
        ModelSummary summary = read(options);
        summary.list(out());
        return SluiceCommand.DONE;
    }

    private static ModelSummary read(ConfigOptions options) throws IOException {
        SluiceConfig config = options.load();
        ModelSummary summary = new ModelSummary();
        new ModelTopic(config.kafka(), config.topics().model()).read(summary);
        return summary;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
