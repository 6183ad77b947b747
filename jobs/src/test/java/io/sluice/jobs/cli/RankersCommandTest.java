package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.replay.GeneratedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankersCommandTest {

    private static final List<String> FIGURES =
            List.of("ndcg@10", "mrr", "map", "hr@10", "ild", "utility");

    private final ObjectMapper mapper = new ObjectMapper();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir private Path folder;

    @Test
    void generatedPoolsAreRedundantAndTheSameForASeed() throws IOException {
        generate("a", "--seed", "4");
        generate("b", "--seed", "4");
        generate("c", "--seed", "5");

        assertThat(slates("a")).isEqualTo(slates("b")).isNotEqualTo(slates("c")).hasSize(300);
        for (String line : slates("a")) {
            JsonNode slate = mapper.readTree(line);
            Set<String> ids = new HashSet<>();
            List<String> topics = new ArrayList<>();
            for (JsonNode item : slate.path("items")) {
                ids.add(item.path("id").textValue());
                topics.add(item.at("/features/topic").textValue());
            }
            Set<String> wanted = new HashSet<>();
            for (JsonNode taken : slate.path("clicked")) {
                assertThat(ids).contains(taken.textValue());
                wanted.add(taken.textValue());
            }
            assertThat(ids).hasSize(12);
            assertThat(wanted).hasSizeBetween(1, 3);
            assertThat(topics.stream().distinct().count()).isLessThan(12);
        }
    }

    @Test
    void everyWayOfRankingHasItsFiguresAndItsPairs() throws IOException {
        generate("red", "--seed", "1");

        JsonNode json = run("rankers", "--data", path("red"), "--set", "rank.group=topic");

        List<String> arms = new ArrayList<>();
        json.path("arms").fieldNames().forEachRemaining(arms::add);
        assertThat(arms)
                .contains(
                        "shown",
                        "popularity",
                        "sort",
                        "one-shot",
                        "elimination",
                        "elimination-exact",
                        "iranker-reward",
                        "gate")
                .anyMatch(arm -> arm.startsWith("mmr@"))
                .anyMatch(arm -> arm.startsWith("dpp@"));
        for (String arm : arms) {
            JsonNode slates = json.path("arms").path(arm).path("slates");
            assertThat(slates.path("count").intValue()).isEqualTo(300);
            for (String figure : FIGURES) {
                double value = slates.path(figure).doubleValue();
                assertThat(value).as(arm + " " + figure).isBetween(0.0, 2.0);
                assertThat(slates.at("/intervals/" + figure + "/low").doubleValue())
                        .as(arm + " " + figure)
                        .isLessThanOrEqualTo(value);
            }
        }
        JsonNode pair = json.path("pairs").path("sort - sort");
        assertThat(pair.path("ndcg@10").doubleValue()).isZero();
        assertThat(json.at("/arms/sort/slates/ndcg@10").doubleValue())
                .isGreaterThan(json.at("/arms/shown/slates/ndcg@10").doubleValue());
        assertThat(out.toString())
                .contains("300 slates with something taken", "elimination - mmr@");
    }

    @Test
    void theNextItemIsAskedForOncePerUserWithAHistory() throws IOException {
        GeneratedData.interactions(folder, 1500, 3);

        JsonNode json =
                run(
                        "rankers",
                        "--data",
                        folder.toString(),
                        "--next-item",
                        "--candidates",
                        "10",
                        "--history",
                        "5");

        int pools = json.at("/data/slates").intValue();
        assertThat(pools).isBetween(5, 1500 / 5);
        for (String arm : List.of("random", "popularity", "item-knn", "bpr-mf", "sort", "gate")) {
            JsonNode slates = json.path("arms").path(arm).path("slates");
            assertThat(slates.path("count").intValue()).as(arm).isEqualTo(pools);
            // One right answer among ten: 1/10 at the worst.
            assertThat(slates.path("mrr").doubleValue()).as(arm).isBetween(0.1, 1.0);
            assertThat(slates.path("hr@10").doubleValue()).as(arm).isEqualTo(1);
        }
    }

    @Test
    void dataOfTheOtherKindIsRefused() {
        GeneratedData.interactions(folder, 50, 3);

        assertThat(execute("rankers", "--data", folder.toString()))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("slates");
        assertThat(execute("rankers", "--data", folder.toString(), "--next-item", "--history", "0"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--history must be within [1, 1000], found 0");
        assertThat(execute("generate-slates", "--out", path("x"), "--pool", "3"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("pool must be within [4, 1000], found 3");
    }

    private void generate(String name, String... options) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "generate-slates",
                                "--out",
                                path(name),
                                "--slates",
                                "300",
                                "--pool",
                                "12",
                                "--topics",
                                "4"));
        args.addAll(List.of(options));
        assertThat(execute(args.toArray(String[]::new)))
                .as(err.toString())
                .isEqualTo(SluiceCommand.DONE);
    }

    private List<String> slates(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("slates.jsonl"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode run(String... args) throws IOException {
        Path json = folder.resolve("figures.json");
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--json", json.toString()));
        assertThat(execute(all.toArray(String[]::new)))
                .as(err.toString())
                .isEqualTo(SluiceCommand.DONE);
        return mapper.readTree(Files.readString(json));
    }

    private int execute(String... args) {
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
