package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.ModelTopic;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.store.ModelFile;
import io.sluice.state.store.ServedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice model}: looks at what is published. */
@Command(name = "model", description = "Looks at the published model, and keeps versions of it.")
final class ModelCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "model show, model list or model save is required");
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

    @Command(
            name = "save",
            description =
                    "Keeps the newest publication on the model topic as a file, for"
                            + " evaluate-policy; reads the whole topic.")
    int save(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "The file; one that is there is replaced.")
                    Path file)
            throws IOException {
        SluiceConfig config = options.load();
        List<Page> pages = new ModelTopic(config.kafka(), config.topics().model()).newest();
        if (pages.isEmpty()) {
            throw new IOException(
                    "topic '%s' holds no publication yet; check topics.model"
                            .formatted(config.topics().model()));
        }
        ModelFile.write(file, pages);
        try (ServedModel model = ModelFile.open(file)) {
            Manifest manifest = model.manifest();
            out().printf(
                            Locale.ROOT,
                            "%s: version %s, %,d examples, %,d rows, %,d bytes%n",
                            file,
                            manifest.version(),
                            manifest.examples(),
                            manifest.rows(),
                            Files.size(file));
        }
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
