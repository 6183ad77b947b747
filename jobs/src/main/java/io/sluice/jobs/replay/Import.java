package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.DataProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A data set as the beginning of a pipeline's own topics. Its events are sent as live traffic would
 * be, in order of event time; jobs without a checkpoint read from the earliest record, so they
 * learn history first and go on with what the product sends behind it.
 */
public final class Import {

    private final ImportRequest request;
    private final PrintWriter out;
    private final PrintWriter err;

    private Import(ImportRequest request, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.out = out;
        this.err = err;
    }

    /**
     * Imports all there is, and prints what was sent.
     *
     * @throws IllegalArgumentException when request, configuration and data don't fit; nothing was
     *     sent
     * @throws IllegalStateException when the topics were not empty before, or hold something else
     *     afterwards
     */
    public static void run(ImportRequest request, PrintWriter out, PrintWriter err)
            throws IOException {
        new Import(request, out, err).run();
    }

    private void run() throws IOException {
        say("looking through " + request.data());
        ReplayConfig config =
                ReplayConfig.of(request.replay(), System.currentTimeMillis(), this::say);
        ImportCheck.check(config.config(), config.data().profile().examples());
        RunFacts.sorted(config).ifPresent(this::say);
        try (DeadLetterFile dead =
                new DeadLetterFile(Optional.empty(), config.data().exampleFile())) {
            run(config, dead);
        }
    }

    private void run(ReplayConfig config, DeadLetterFile dead) throws IOException {
        SluiceConfig pipeline = config.config();
        Cutoff cutoff = new Cutoff(request.until().orElse(Long.MAX_VALUE));
        EventSource source =
                new EventSource(config.data(), config.settings(Long.MAX_VALUE), dead, cutoff);
        ImportedCatalogue catalogue = new ImportedCatalogue(source.sides(), pipeline.topics());
        ImportTarget target =
                ImportTarget.open(pipeline, source.hasBehaviour(), catalogue.tables().keySet());
        try (EventSender sender = new EventSender(pipeline)) {
            send(config, source, sender, catalogue, target);
            checkAny(sender.sent(), dead);
            target.verify(sender.taken());
            new ImportSummary(request, pipeline, out)
                    .print(sender.sent(), target.left(), config.data(), cutoff, dead.byReason());
        }
    }

    private void send(
            ReplayConfig config,
            EventSource source,
            EventSender sender,
            ImportedCatalogue catalogue,
            ImportTarget target)
            throws IOException {
        DataProfile profile = config.data().profile();
        Progress progress = new Progress(err, "import: sent", profile.ofExamples().rows());
        try {
            new EventFeed(source, config.config(), sender, progress)
                    .send(profile.examples(), Long.MAX_VALUE);
            if (!sender.sent().isEmpty()) {
                catalogue.send(target, sender);
            }
        } catch (IOException e) {
            throw new IOException(
                    "the import was cut off: %s; %s".formatted(e.getMessage(), target.startAgain()),
                    e);
        }
    }

    private void checkAny(Map<String, EventSender.Tally> sent, DeadLetterFile dead) {
        if (sent.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data %s must hold an event%s, found none; dead letters by reason: %s"
                            .formatted(
                                    request.data(),
                                    request.until().isPresent()
                                            ? " before --until "
                                                    + Instant.ofEpochMilli(
                                                            request.until().getAsLong())
                                            : "",
                                    dead.byReason()));
        }
    }

    private void say(String what) {
        err.println("import: " + what);
        err.flush();
    }
}
