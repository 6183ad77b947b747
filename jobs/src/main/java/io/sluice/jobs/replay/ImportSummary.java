package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.DataSet;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What an import says at its end: what is on the topics now, what is not, and what to do next. */
final class ImportSummary {

    private final ImportRequest request;
    private final SluiceConfig pipeline;
    private final PrintWriter out;

    ImportSummary(ImportRequest request, SluiceConfig pipeline, PrintWriter out) {
        this.request = request;
        this.pipeline = pipeline;
        this.out = out;
    }

    void print(
            Map<String, EventSender.Tally> sent,
            Map<String, Long> left,
            DataSet data,
            Cutoff cutoff,
            Map<String, Long> deadLetters) {
        sent(sent);
        left.forEach(
                (topic, records) ->
                        out.printf(
                                Locale.ROOT,
                                "not sent: the table for %s, which holds %,d records already and is left as it is%n",
                                topic,
                                records));
        held(data, cutoff);
        deadLetters(deadLetters);
        next(sent);
        out.flush();
    }

    private void sent(Map<String, EventSender.Tally> sent) {
        int width = sent.keySet().stream().mapToInt(String::length).max().orElse(0);
        String row = "%-" + Math.max(width, 5) + "s  %12s  %s%n";
        out.printf(Locale.ROOT, row, "topic", "records", "last event time");
        sent.forEach(
                (topic, tally) ->
                        out.printf(
                                Locale.ROOT,
                                row,
                                topic,
                                String.format(Locale.ROOT, "%,d", tally.records()),
                                time(tally.lastEventTime())));
    }

    private void held(DataSet data, Cutoff cutoff) {
        if (request.until().isEmpty()) {
            return;
        }
        long interactions = cutoff.held(ExampleKind.INTERACTIONS);
        long slates = cutoff.held(ExampleKind.SLATES);
        String kinds =
                data.profile().examples() == ExampleKind.INTERACTIONS
                        ? String.format(Locale.ROOT, "%,d interactions", interactions)
                        : String.format(
                                Locale.ROOT,
                                "%,d slates and %,d interactions",
                                slates,
                                interactions);
        out.printf(
                Locale.ROOT,
                "not sent: %s at or after --until %s%n",
                kinds,
                time(request.until().getAsLong()));
    }

    private void deadLetters(Map<String, Long> byReason) {
        if (!byReason.isEmpty()) {
            out.printf(
                    "could not be used, rows by reason: %s; 'replay --data %s --config %s --out DIR' writes them down%n",
                    byReason, request.data(), request.config());
        }
    }

    private void next(Map<String, EventSender.Tally> sent) {
        out.println();
        out.println("Next:");
        job("train");
        if (!pipeline.streaming().features().isEmpty()) {
            job("features");
        }
        out.println(
                "    --from nothing for the first start only: later ones go on from their"
                        + " checkpoints.");
        long last =
                sent.values().stream()
                        .mapToLong(EventSender.Tally::lastEventTime)
                        .max()
                        .orElseThrow();
        out.println(
                request.until().isPresent()
                        ? "  The product may send now: events from %s on."
                                .formatted(time(request.until().getAsLong()))
                        : "  The product may send now: events later than " + time(last) + ".");
    }

    private void job(String name) {
        out.printf("  %s --config %s --from nothing%n", name, request.config());
    }

    private static String time(long epochMs) {
        return "%s (%d)".formatted(Instant.ofEpochMilli(epochMs), epochMs);
    }
}
