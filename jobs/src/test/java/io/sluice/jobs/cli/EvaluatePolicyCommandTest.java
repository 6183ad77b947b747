package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.replay.RedundantStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatePolicyCommandTest {

    private static final int LISTS = 600;
    private static final int POOL = 8;
    private static final double PATIENCE = 0.85; // of the generated log

    private final ObjectMapper mapper = new ObjectMapper();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir private Path folder;

    @BeforeEach
    void generate() throws IOException {
        new RedundantStream(LISTS, POOL, 4, 0.5, 1).write(folder);
    }

    @Test
    void findsTheKnownValueOfAPolicyThatTheLogDidNotFollow() throws IOException {
        double looks = 0;
        for (int place = 0; place < 5; place++) {
            looks += Math.pow(PATIENCE, place);
        }
        double taken = 0;
        for (JsonNode slate : slates()) {
            taken += slate.path("_taken").size();
        }
        double truth = taken / LISTS / POOL * looks; // of lists shuffled at random

        JsonNode json = evaluated("--set", "serve.exploration=1", "--places", "5");

        for (String name : List.of("ips", "selfNormalised", "doublyRobust")) {
            JsonNode value = json.path("values").path(name);
            assertThat(truth)
                    .as(name)
                    .isBetween(value.path("low").doubleValue(), value.path("high").doubleValue());
        }
        assertThat(json.at("/gains/doublyRobust/high").doubleValue()).isNegative();
        assertThat(json.at("/meanWeight/low").doubleValue()).isLessThan(1);
        assertThat(json.at("/meanWeight/high").doubleValue()).isGreaterThan(1);
        assertThat(json.path("slots").longValue()).isEqualTo(LISTS * 5L);
        assertThat(json.path("effectiveSlots").doubleValue()).isBetween(300.0, LISTS * 5.0);
        assertThat(json.at("/data/lists").intValue()).isEqualTo(LISTS);
        assertThat(out.toString()).contains("doubly robust", "mean weight");
    }

    @Test
    void clippingLowersWeightsAndSaysHowMuch() throws IOException {
        JsonNode json = evaluated("--set", "serve.exploration=0", "--clip", "2");

        assertThat(json.path("clippedShare").doubleValue()).isBetween(0.05, 0.95);
        assertThat(json.path("clip").doubleValue()).isEqualTo(2);
        assertThat(out.toString()).contains("Estimates are too low");
    }

    @Test
    void exportedTopicsGiveWhatTheSameSlatesGive() throws IOException {
        Path topics = Files.createDirectory(folder.resolve("topics"));
        List<String> impressions = new ArrayList<>();
        List<String> feedback = new ArrayList<>();
        for (JsonNode slate : slates()) {
            for (JsonNode clicked : slate.path("clicked")) {
                ObjectNode click = mapper.createObjectNode();
                click.set("request", slate.path("request"));
                click.put("timestamp", slate.path("timestamp").longValue() + 500);
                click.set("item", clicked);
                click.put("kind", "click");
                feedback.add(click.toString());
            }
            ObjectNode shown = (ObjectNode) slate;
            shown.remove(List.of("clicked", "_taken"));
            impressions.add(shown.toString());
        }
        impressions.add("{broken");
        feedback.add(feedback.get(0).replaceFirst("\"r\\d+\"", "\"nobody\""));
        Files.write(topics.resolve("impressions.jsonl"), impressions);
        Files.write(topics.resolve("feedback.jsonl"), feedback);

        JsonNode ofSlates = evaluated();
        JsonNode ofTopics = evaluate(topics);

        assertThat(ofTopics.path("values")).isEqualTo(ofSlates.path("values"));
        assertThat(err.toString())
                .contains("600 lists; 1 lines refused (impressions.jsonl, line 601: ")
                .contains("1 positives without their list");
    }

    @Test
    void listsWithoutPropensitiesAreRefused() throws IOException {
        rewrite(slate -> ((ObjectNode) slate.at("/items/2")).remove("propensity"));

        assertRefused("request 'r0', item '", "propensity must be within (0, 1], found none");
    }

    @Test
    void aPropensityOfZeroIsRefused() throws IOException {
        rewrite(slate -> ((ObjectNode) slate.at("/items/2")).put("propensity", 0));

        assertRefused("propensity must be within (0, 1], found 0.0");
    }

    @Test
    void aLogWithoutExplorationIsRefused() throws IOException {
        rewrite(slate -> slate.path("items").forEach(i -> ((ObjectNode) i).put("propensity", 1)));

        assertRefused("without exploration", "serve.exploration");
    }

    @Test
    void aPlaceThatIsTakenTwiceIsRefused() throws IOException {
        rewrite(slate -> ((ObjectNode) slate.at("/items/2")).put("position", 0));

        assertRefused("items[].position must be each of 0 to 7 once, found 0");
    }

    @Test
    void whatALogDoesNotHoldIsNotPretended() {
        assertRefused(List.of("--set", "rank.thompson=1"), "rank.thompson must be 0");
        assertRefused(List.of("--set", "rank.learn=false"), "rank.learn must be true");
        assertRefused(List.of("--clip", "0"), "--clip must be above 0, found 0.0");
    }

    private List<JsonNode> slates() throws IOException {
        List<JsonNode> slates = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("slates.jsonl"))) {
            slates.add(mapper.readTree(line));
        }
        return slates;
    }

    private void rewrite(Consumer<JsonNode> change) throws IOException {
        List<JsonNode> slates = slates();
        slates.forEach(change);
        Files.write(
                folder.resolve("slates.jsonl"), slates.stream().map(JsonNode::toString).toList());
    }

    private JsonNode evaluated(String... options) throws IOException {
        return evaluate(folder, options);
    }

    private JsonNode evaluate(Path data, String... options) throws IOException {
        Path json = folder.resolve("policy.json");
        List<String> args = new ArrayList<>(List.of("--json", json.toString()));
        args.addAll(List.of(options));
        assertThat(execute(data, args)).as(err.toString()).isEqualTo(SluiceCommand.DONE);
        return mapper.readTree(Files.readString(json));
    }

    private void assertRefused(String... messages) {
        assertRefused(List.of(), messages);
    }

    private void assertRefused(List<String> options, String... messages) {
        assertThat(execute(folder, options)).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains(messages);
    }

    private int execute(Path data, List<String> options) {
        List<String> args = new ArrayList<>(List.of("evaluate-policy", "--data", data.toString()));
        args.addAll(options);
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args.toArray(String[]::new));
    }
}
