package io.sluice.jobs.cli;

import io.sluice.jobs.drift.DriftFolder;
import io.sluice.jobs.drift.DriftKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice generate}: a stream that drifts on purpose, as a data set. */
@Command(
        name = "generate",
        description =
                "Writes a stream that drifts on purpose as a data set, with the probability of each"
                        + " label, so that replay and compare can say how soon a change is caught up"
                        + " with.")
public final class GenerateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    private DriftKind kind;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            required = true,
            completionCandidates = Kinds.class,
            description = "How it changes: ${COMPLETION-CANDIDATES}.")
    void kind(String word) {
        kind =
                DriftKind.of(word)
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "--kind must be one of %s, found '%s'"
                                                        .formatted(
                                                                String.join(", ", new Kinds()),
                                                                word)));
    }

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = "How many events (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of world and events (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the data set, new or empty.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (events < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--events must be 1 or more, found " + events);
        }
        new DriftFolder(kind, events, seed).write(out);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d events of kind %s, seed %d, in %s%n",
                        events,
                        kind.word(),
                        seed,
                        out);
        return SluiceCommand.DONE;
    }

    /** The words of all kinds. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(DriftKind.values()).map(DriftKind::word).iterator();
        }
    }
}
