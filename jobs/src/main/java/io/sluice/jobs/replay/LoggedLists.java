package io.sluice.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.config.FeedbackKind;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.EventWriter;
import io.sluice.operators.serde.ParsedRecord;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The topics of impressions and of feedback, exported as a folder with {@code impressions.jsonl}
 * and {@code feedback.jsonl}, one record's value a line; joined into slates.
 *
 * <p>An item of an impression is taken when feedback of a kind with label 1 names it within that
 * kind's window, as the join of the training job has it. Impressions that come again count once.
 *
 * @param lists impressions written
 * @param refused lines that are no event
 * @param fault why the first of them is not; empty without one
 * @param unmatched positive feedback that no shown item was found for, or not in its window
 */
record LoggedLists(long lists, long refused, String fault, long unmatched) {

    private static final String IMPRESSIONS = "impressions.jsonl";
    private static final String FEEDBACK = "feedback.jsonl";
    private static final List<String> TABLES =
            List.of("items.csv", "items.csv.gz", "users.csv", "users.csv.gz");

    /** Whether a folder holds exported topics. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(IMPRESSIONS));
    }

    /** Writes {@code slates.jsonl} into a folder, and what is known of items and users beside. */
    static LoggedLists join(Path from, Path to, SluiceConfig config) throws IOException {
        if (!Files.isRegularFile(from.resolve(FEEDBACK))) {
            throw new IllegalArgumentException(
                    "--data must hold %s beside %s, found none in %s"
                            .formatted(FEEDBACK, IMPRESSIONS, from));
        }
        for (String table : TABLES) {
            if (Files.isRegularFile(from.resolve(table))) {
                Files.copy(from.resolve(table), to.resolve(table));
            }
        }
        return new Join(config).run(from, to);
    }

    private static final class Join {

        private final SluiceConfig config;
        private final EventParser parser;
        private final ObjectMapper mapper = new ObjectMapper();
        private final Map<String, List<Feedback>> positives = new HashMap<>();
        private final Set<String> requests = new HashSet<>();
        private long refused;
        private String fault = "";
        private long waiting;
        private long matched;

        Join(SluiceConfig config) {
            this.config = config;
            parser =
                    new EventParser(
                            config.limits(), config.feedback().kinds().keySet(), Double.NaN);
        }

        LoggedLists run(Path from, Path to) throws IOException {
            read(from.resolve(FEEDBACK), TopicKind.FEEDBACK, this::keep);
            try (BufferedWriter out = Files.newBufferedWriter(to.resolve("slates.jsonl"))) {
                read(
                        from.resolve(IMPRESSIONS),
                        TopicKind.IMPRESSIONS,
                        parsed -> write((Impression) parsed.event(), out));
            }
            return new LoggedLists(requests.size(), refused, fault, waiting - matched);
        }

        private void keep(ParsedRecord parsed) {
            Feedback feedback = (Feedback) parsed.event();
            if (config.feedback().kinds().get(feedback.kind()).label() == 1) {
                positives
                        .computeIfAbsent(feedback.request(), request -> new ArrayList<>())
                        .add(feedback);
                waiting++;
            }
        }

        private void write(Impression shown, BufferedWriter out) throws IOException {
            if (!requests.add(shown.request())) {
                return;
            }
            ObjectNode slate = (ObjectNode) mapper.readTree(EventWriter.value(shown));
            ArrayNode clicked = slate.putArray("clicked");
            taken(shown).forEach(clicked::add);
            out.write(mapper.writeValueAsString(slate));
            out.write('\n');
        }

        private Set<String> taken(Impression shown) {
            Set<String> ids = new HashSet<>();
            shown.items().stream().map(ShownItem::id).forEach(ids::add);
            Set<String> taken = new HashSet<>();
            for (Feedback feedback : positives.getOrDefault(shown.request(), List.of())) {
                FeedbackKind kind = config.feedback().kinds().get(feedback.kind());
                long after = feedback.timestamp() - shown.timestamp();
                boolean inTime = after >= -config.feedback().aheadMs() && after <= kind.windowMs();
                if (inTime && ids.contains(feedback.item())) {
                    matched++;
                    taken.add(feedback.item());
                }
            }
            return taken;
        }

        private void read(Path file, TopicKind kind, Taker taker) throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                long number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (line.isBlank()) {
                        continue;
                    }
                    byte[] value = line.getBytes(StandardCharsets.UTF_8);
                    ParsedRecord parsed =
                            parser.parse(kind, file.toString(), 0, number, -1, null, value);
                    if (parsed.isEvent()) {
                        taker.take(parsed);
                    } else {
                        refuse(file, number, parsed.deadLetter().detail());
                    }
                }
            }
        }

        private void refuse(Path file, long number, String detail) {
            refused++;
            if (fault.isEmpty()) {
                fault = "%s, line %d: %s".formatted(file.getFileName(), number, detail);
            }
        }
    }

    private interface Taker {
        void take(ParsedRecord parsed) throws IOException;
    }
}
