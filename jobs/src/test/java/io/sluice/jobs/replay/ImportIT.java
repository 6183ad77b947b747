package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.CompactedTopic;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.jobs.report.Arm;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.CatalogueJson;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.event.Interaction;
import io.sluice.state.model.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * History from files and then live traffic must teach a job what the whole stream would have: no
 * gap and no double. Each test has topics of its own.
 */
class ImportIT {

    private static final long SEED = 20260105;
    private static final int WINDOW = 1000;
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    private static final String INTERACTION_FEATURES =
            "features=[{name: user, source: user, type: id}, {name: item, source: item, type: id},"
                    + " {name: age, source: context.age, type: category},"
                    + " {name: tags, source: features.tags, type: categories, separator: '|'}]";

    private static final String SLATE_FEATURES =
            "features=[{name: user, source: user, type: id}, {name: item, source: item, type: id},"
                    + " {name: shop, source: context.shop, type: category},"
                    + " {name: tags, source: features.tags, type: categories, separator: '|'}]";

    private static EmbeddedKafka kafka;

    @TempDir private Path folder;
    private Path data;
    private SluiceConfig pipeline;
    private Path file;
    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws IOException {
        kafka = EmbeddedKafka.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void historyAndThenLiveTrafficTeachWhatTheWholeStreamDoes() throws IOException {
        data = GeneratedData.interactions(folder.resolve("data"), 3000, SEED);
        prepare("a", ExampleKind.INTERACTIONS, INTERACTION_FEATURES);
        long until = sixtyPercent("interactions.csv");

        run(OptionalLong.of(until));
        long live = 0;
        try (EventSender product = new EventSender(pipeline);
                EventReader<Interaction> events = source().interactions()) {
            for (Interaction event = events.next(); event != null; event = events.next()) {
                if (event.timestamp() >= until) {
                    product.send(pipeline.topics().interactions(), event);
                    live++;
                }
            }
            product.flush();
        }

        assertThat(live).isBetween(1100L, 1200L);
        assertSaid(
                "a-interactions %d".formatted(3000 - live),
                "not sent: %,d interactions at or after --until".formatted(live),
                "The product may send now: events from");
        assertThat(count("a-interactions")).isEqualTo(3000);
        assertCatalogue();
        assertLearns(ExampleKind.INTERACTIONS, 3000);
    }

    @Test
    void givesTheSameForSlates() throws IOException {
        data = GeneratedData.slates(folder.resolve("data"), 300, SEED);
        prepare("b", ExampleKind.SLATES, SLATE_FEATURES);
        long until = sixtyPercent("interactions.csv");

        run(OptionalLong.of(until));
        long sent = count("b-impressions");
        sendRest(until);

        assertThat(sent).isBetween(100L, 250L);
        assertSaid(
                "b-impressions %d".formatted(sent),
                "b-feedback %d".formatted(10 * sent),
                "not sent: %d slates and".formatted(300 - sent));
        assertThat(count("b-impressions")).isEqualTo(300);
        assertThat(count("b-feedback")).isEqualTo(3000);
        assertThat(count("b-interactions"))
                .isEqualTo(Files.readAllLines(data.resolve("interactions.csv")).size() - 1);
        assertLearns(ExampleKind.SLATES, 3000);
    }

    @Test
    void rowsOfEqualTimeThatFollowOneAnotherAreSentAMillisecondApart() throws IOException {
        data = folder.resolve("data");
        GeneratedData.write(
                data.resolve("interactions.csv"),
                "timestamp,user,item,label\n" + "1600000000000,u1,i1,1\n".repeat(4));
        pipeline =
                PipelineConfig.of(
                        load("h", "examples.ordered=true"),
                        ExampleKind.INTERACTIONS,
                        kafka.bootstrap(),
                        folder.resolve("checkpoints"));
        write();

        run(OptionalLong.empty());

        List<String> sent = new ArrayList<>();
        new TopicReader(pipeline.kafka(), "h-interactions")
                .read(record -> sent.add(new String(record.value(), StandardCharsets.UTF_8)));
        for (int row = 0; row < 4; row++) {
            String time = "\"timestamp\":160000000000" + row;
            assertThat(sent).filteredOn(event -> event.contains(time)).hasSize(1);
        }
        assertThat(sent).hasSize(4);
    }

    @Test
    void refusesTopicsThatHoldAnything() throws IOException {
        data = GeneratedData.interactions(folder.resolve("data"), 200, SEED);
        prepare("c", ExampleKind.INTERACTIONS, INTERACTION_FEATURES);
        run(OptionalLong.empty());

        assertThatThrownBy(() -> run(OptionalLong.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("topics must be empty")
                .hasMessageContaining("{c-interactions=200}")
                .hasMessageContaining("to start again, delete c-interactions");
        assertThat(count("c-interactions")).isEqualTo(200);
        assertThat(count("c-items")).isEqualTo(60);
        assertSaid("The product may send now: events later than");
    }

    @Test
    void noticesWhoeverElseSends() throws IOException {
        data = GeneratedData.interactions(folder.resolve("data"), 5, SEED);
        prepare("d", ExampleKind.INTERACTIONS, INTERACTION_FEATURES);
        ImportTarget target = ImportTarget.open(pipeline, false, Set.of());

        try (EventSender own = new EventSender(pipeline);
                EventSender other = new EventSender(pipeline);
                EventReader<Interaction> events = source().interactions()) {
            Interaction event = events.next();
            own.send("d-interactions", event);
            own.flush();
            target.verify(own.taken());
            other.send("d-interactions", event);
            other.flush();

            assertThatThrownBy(() -> target.verify(own.taken()))
                    .hasMessageContaining("must hold offsets 0 to 1, found 0 to 2")
                    .hasMessageContaining("something else sent during the import");
        }
    }

    @Test
    void leavesTopicsEmptyWhenEverythingIsLaterThanTheCutoff() throws IOException {
        data = GeneratedData.interactions(folder.resolve("data"), 20, SEED);
        prepare("e", ExampleKind.INTERACTIONS, INTERACTION_FEATURES);

        assertThatThrownBy(() -> run(OptionalLong.of(1000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must hold an event before --until 1970-01-01T00:00:01Z");
        assertThat(count("e-interactions")).isZero();
    }

    @Test
    void sendsNoFeedbackOfAKindThatThePipelineDoesNotKnow() throws IOException {
        data = GeneratedData.slates(folder.resolve("data"), 20, SEED);
        pipeline = load("f", SLATE_FEATURES, "kafka.bootstrap=" + kafka.bootstrap());
        write();

        run(OptionalLong.empty());

        assertThat(count("f-impressions")).isEqualTo(20);
        // The interactions of the generated slates are their clicks.
        assertThat(count("f-feedback")).isEqualTo(count("f-interactions")).isPositive();
    }

    /** A server completes requests by what the history was completed with. */
    private void assertCatalogue() throws IOException {
        assertThat(count("a-items")).isEqualTo(60);
        assertThat(count("a-users")).isEqualTo(40);
        assertSaid("a-items 60", "a-users 40");
        List<CatalogueEntry> items = new ArrayList<>();
        new CompactedTopic(pipeline.kafka(), "a-items", "topics.items")
                .read(
                        record -> {
                            try {
                                items.add(
                                        CatalogueJson.parse(
                                                record.key(),
                                                record.value(),
                                                pipeline.limits(),
                                                record.timestamp()));
                            } catch (BadInputException e) {
                                throw new IOException(e);
                            }
                        });
        CatalogueEntry first =
                items.stream().filter(item -> item.id().equals("i1")).findFirst().orElseThrow();
        assertThat(first.features()).isEqualTo(source().sides().items().of("i1"));
        assertThat(first.features().text(first.features().first("tags"))).isEqualTo("red|t1");
    }

    @Test
    void leavesACatalogueThatIsThereAlready() throws IOException {
        data = GeneratedData.interactions(folder.resolve("data"), 20, SEED);
        prepare("g", ExampleKind.INTERACTIONS, INTERACTION_FEATURES);
        try (EventSender product = new EventSender(pipeline)) {
            product.send(
                    "g-items", new CatalogueEntry("own", 1_700_000_000_000L, Attributes.EMPTY));
            product.flush();
        }

        run(OptionalLong.empty());

        assertThat(count("g-items")).isEqualTo(1);
        assertThat(count("g-users")).isEqualTo(40);
        assertSaid("not sent: the table for g-items, which holds 1 records already");
    }

    private void prepare(String name, ExampleKind kind, String features) throws IOException {
        pipeline =
                PipelineConfig.of(
                        load(name, features, EveryKind.STREAMING),
                        kind,
                        kafka.bootstrap(),
                        folder.resolve("checkpoints"));
        write();
    }

    private static SluiceConfig load(String name, String... settings) {
        ConfigLoader loader = new ConfigLoader().set("topics.partitions=3");
        for (String topic :
                List.of(
                        "impressions",
                        "feedback",
                        "interactions",
                        "items",
                        "users",
                        "model",
                        "scores")) {
            loader.set("topics.%s=%s-%s".formatted(topic, name, topic));
        }
        loader.set("topics.deadLetters=%s-dead-letters".formatted(name));
        loader.set(List.of(settings));
        return loader.load();
    }

    private void write() throws IOException {
        file = Files.writeString(folder.resolve("pipeline.yaml"), ConfigPrinter.yaml(pipeline));
        Topics.create(pipeline);
    }

    private ImportRequest request(OptionalLong until) {
        return new ImportRequest(file, loader -> loader, data, Optional.empty(), until);
    }

    private void run(OptionalLong until) throws IOException {
        Import.run(request(until), new PrintWriter(out, true), NOWHERE);
    }

    /** The time of a row behind three fifths of them. */
    private long sixtyPercent(String name) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve(name));
        String row = lines.get(1 + (lines.size() - 1) * 3 / 5);
        return Long.parseLong(row.substring(0, row.indexOf(',')));
    }

    private ReplayConfig whole() throws IOException {
        return ReplayConfig.of(
                request(OptionalLong.empty()).replay(), Long.MAX_VALUE / 2, note -> {});
    }

    private EventSource source() throws IOException {
        ReplayConfig config = whole();
        return new EventSource(
                config.data(), config.settings(Long.MAX_VALUE), (f, line, row, why, detail) -> {});
    }

    /** What is at or after the cutoff, as the product would send it. */
    private void sendRest(long until) throws IOException {
        List<Slate> slates = new ArrayList<>();
        List<Interaction> behaviour = new ArrayList<>();
        try (EventReader<Slate> lists = source().slates();
                EventReader<Interaction> events = source().interactions()) {
            for (Slate slate = lists.next(); slate != null; slate = lists.next()) {
                slates.add(slate);
            }
            for (Interaction event = events.next(); event != null; event = events.next()) {
                behaviour.add(event);
            }
        }
        slates.removeIf(slate -> slate.impression().timestamp() < until);
        behaviour.removeIf(event -> event.timestamp() < until);
        try (EventSender product = new EventSender(pipeline)) {
            EventFeed feed =
                    new EventFeed(source(), pipeline, product, new Progress(NOWHERE, "", 0));
            for (Slate slate : slates) {
                feed.send(slate);
            }
            for (Interaction event : behaviour) {
                product.send(pipeline.topics().interactions(), event);
            }
            product.flush();
        }
    }

    /** Parts of lines, runs of spaces being one and numbers without their groups. */
    private void assertSaid(String... parts) {
        String said = out.toString().replaceAll("(?<=\\d),(?=\\d{3})", "").replaceAll(" +", " ");
        for (String part : parts) {
            assertThat(said).contains(part.replaceAll("(?<=\\d),(?=\\d{3})", ""));
        }
    }

    private long count(String topic) throws IOException {
        return TopicRange.of(pipeline.kafka(), List.of(topic)).values().stream()
                .mapToLong(TopicRange::length)
                .sum();
    }

    private void assertLearns(ExampleKind kind, long examples) throws IOException {
        Run expected =
                new InProcessReplay(
                                source(),
                                whole().settings(Long.MAX_VALUE),
                                new Progress(NOWHERE, "", 0))
                        .run(kind, new Judged(kind == ExampleKind.SLATES));
        try (TrainingRun run = TrainingRun.start(pipeline, Optional.empty())) {
            run.await(() -> {});
        }
        TrainingResult result = new TrainingResult(pipeline);
        Judged judged = new Judged(kind == ExampleKind.SLATES);
        result.scores(judged::add);
        Manifest manifest = result.manifest();

        assertThat(result.deadLetters()).isEmpty();
        assertThat(judged.examples()).isEqualTo(examples);
        assertThat(manifest.digest()).isEqualTo(expected.cost().digest());
        Arm found = judged.arms(WINDOW, expected.cost()).get(0);
        Arm inOnePiece = expected.judged().arms(WINDOW, expected.cost()).get(0);
        assertThat(found.overall()).isEqualTo(inOnePiece.overall());
        assertThat(found.last20()).isEqualTo(inOnePiece.last20());
        assertThat(found.windows()).isEqualTo(inOnePiece.windows());
        assertThat(found.slates()).isEqualTo(inOnePiece.slates());
    }
}
