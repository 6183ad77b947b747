package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.operators.serde.EventWriter;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.store.ModelFile;
import io.sluice.state.store.ServedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept version of a model, judged by a log. */
class VersionReplayTest {

    private static final int LISTS = 1000;
    private static final int LEARNT = 400;

    private final ObjectMapper mapper = new ObjectMapper();
    private final StringWriter out = new StringWriter();
    @TempDir private Path folder;
    private Path data;
    private Path model;

    @BeforeEach
    void learnHalfOfTheLog() throws IOException {
        data = folder.resolve("log");
        new RedundantStream(LISTS, 8, 4, 0.5, 1).write(data);
        model = keep(data, "half");
    }

    @Test
    void onlyListsLaterThanWhatItHasLearntAreJudged() throws IOException {
        JsonNode judged = evaluate(data);

        assertThat(judged.at("/version/known").intValue()).isEqualTo(LEARNT);
        assertThat(judged.at("/data/lists").intValue()).isEqualTo(LISTS - LEARNT);
        assertThat(judged.at("/meanWeight/low").doubleValue()).isLessThan(1);
        assertThat(judged.at("/meanWeight/high").doubleValue()).isGreaterThan(1);
        assertThat(out.toString()).contains("400 lists are not later").contains("version 1.");
    }

    @Test
    void aBetterVersionIsWorthMore() throws IOException {
        List<JsonNode> slates = slates();
        for (JsonNode slate : slates) {
            List<String> left = new ArrayList<>();
            slate.path("items").forEach(item -> left.add(item.path("id").textValue()));
            slate.path("clicked").forEach(id -> left.remove(id.textValue()));
            left.forEach(((ObjectNode) slate).putArray("clicked")::add);
        }
        Path contrary = keep(write("contrary", slates), "contrary-model");

        JsonNode good = evaluate(data).at("/values/ips");
        JsonNode bad = evaluate(data, contrary).at("/values/ips");

        assertThat(bad.path("high").doubleValue()).isLessThan(good.path("estimate").doubleValue());
    }

    @Test
    void valuesThatWereLoggedAreReadAndThoseOfAnotherSchemaAreNot() throws IOException {
        JsonNode computed = evaluate(data);
        Path own = logged("own", context -> {});
        // They are neither attributes of the product's, of which there may be few, nor features.
        JsonNode logged = evaluate(own, model, "limits.attributes=2");
        JsonNode foreign = evaluate(logged("foreign", context -> context.put("~schema", "beef")));

        assertThat(computed.at("/version/computed").intValue()).isEqualTo(LISTS - LEARNT);
        assertThat(logged.at("/version/computed").intValue()).isZero();
        assertThat(logged.path("values")).isEqualTo(computed.path("values"));
        assertThat(foreign.at("/version/computed").intValue()).isEqualTo(LISTS - LEARNT);
        assertThat(foreign.path("values")).isEqualTo(computed.path("values"));
        assertThat(config(own).config().schema()).isEqualTo(config(data).config().schema());
    }

    private ReplayConfig config(Path of) throws IOException {
        return ReplayConfig.of(
                request(of, List.of(), LISTS), System.currentTimeMillis(), note -> {});
    }

    /** The log as a server would have written it. */
    private Path logged(String name, Consumer<ObjectNode> context) throws IOException {
        FeatureSchema schema;
        try (ServedModel kept = ModelFile.open(model)) {
            schema = kept.schema();
        }
        assertThat(schema.streaming()).isNotEmpty();
        StreamedAttributes names = new StreamedAttributes(schema);
        AsOfEncoder asOf = new AsOfEncoder(schema);
        List<JsonNode> slates = new ArrayList<>();
        try (EventReader<Slate> events = events()) {
            for (Slate slate = events.next(); slate != null; slate = events.next()) {
                ObjectNode json = json(slate, names, asOf);
                context.accept((ObjectNode) json.path("context"));
                slates.add(json);
                SlateFacts.of(slate, asOf::add);
            }
        }
        return write(name, slates);
    }

    private EventReader<Slate> events() throws IOException {
        ReplayConfig config = config(data);
        return new EventSource(config.data(), config.settings(LISTS), DeadLetterBox.IGNORED)
                .slates();
    }

    private ObjectNode json(Slate slate, StreamedAttributes names, AsOfEncoder asOf)
            throws IOException {
        Impression shown = slate.impression();
        asOf.request(shown.timestamp(), shown.user(), shown.context());
        Attributes context = names.withRequest(shown.context(), asOf.values());
        List<ShownItem> items = new ArrayList<>();
        for (ShownItem item : shown.items()) {
            asOf.item(item.id(), item.features());
            Attributes features = names.withItem(item.features(), asOf.values());
            items.add(
                    new ShownItem(
                            item.id(), item.position(), item.score(), item.propensity(), features));
        }
        Impression logged =
                new Impression(
                        shown.request(), shown.timestamp(), shown.user(), context, items, "1.1");
        ObjectNode json = (ObjectNode) mapper.readTree(EventWriter.value(logged));
        slate.clicked().forEach(json.putArray("clicked")::add);
        return json;
    }

    @Test
    void whatCannotBeJudgedIsSaid() throws IOException {
        Path missing = folder.resolve("missing");
        Path other = data.resolve("slates.jsonl");
        Path all = keep(data, "all", LISTS);

        assertRefused(missing, "--model must be a model file, found none at " + missing);
        assertRefused(other, "--model must be a model file: " + other + ": found magic");
        assertRefused(all, "later than 2023-", "which the version in --model has learnt");
        assertRefused(
                keep(
                        data,
                        "plain",
                        "features=[{name: user, source: user, type: id}]",
                        "streaming=[]"),
                "rank.group must name a feature of the model in --model, found 'topic'",
                "it has user");
    }

    private void assertRefused(Path version, String... messages) {
        assertThatThrownBy(() -> evaluate(data, version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(messages);
    }

    private Path keep(Path from, String name, String... settings) throws IOException {
        return keep(from, name, LEARNT, settings);
    }

    private Path keep(Path from, String name, int lists, String... settings) throws IOException {
        Path kept = folder.resolve(name + ".kept");
        ReplayRequest request = request(from, Arrays.asList(settings), lists);
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Replay.run(
                new ReplayRequest(
                        request.config(),
                        request.overrides(),
                        from,
                        request.examples(),
                        lists,
                        false,
                        Optional.of(kept),
                        Optional.empty(),
                        "test"),
                nowhere,
                nowhere);
        return kept.resolve("model.pages");
    }

    private JsonNode evaluate(Path of) throws IOException {
        return evaluate(of, model);
    }

    private JsonNode evaluate(Path of, Path version, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of("rank.group=topic"));
        all.addAll(List.of(settings));
        PolicyReplay.run(
                request(of, all, LISTS),
                new PolicyReplay.Setting(5, Double.POSITIVE_INFINITY, Optional.of(version)),
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()));
        return mapper.readTree(Files.readString(folder.resolve("policy.json")));
    }

    private ReplayRequest request(Path of, List<String> settings, int lists) {
        UnaryOperator<ConfigLoader> overrides = loader -> loader.set(settings);
        return new ReplayRequest(
                Optional.empty(),
                overrides,
                of,
                Optional.of(ExampleKind.SLATES),
                lists,
                false,
                Optional.empty(),
                Optional.of(folder.resolve("policy.json")),
                "test");
    }

    private List<JsonNode> slates() throws IOException {
        List<JsonNode> slates = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("slates.jsonl"))) {
            slates.add(mapper.readTree(line));
        }
        return slates;
    }

    private Path write(String name, List<JsonNode> slates) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        Files.write(to.resolve("slates.jsonl"), slates.stream().map(JsonNode::toString).toList());
        return to;
    }
}
