package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final int ROWS = 3000;
    private static final long SEED = 20260101;

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void learnsWhatTheDataHoldAndBeatsTheLabelRate() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Report report = replay(Optional.empty(), Long.MAX_VALUE);

        assertThat(arm(report, "default").last20().auc()).isGreaterThan(0.7);
        assertThat(arm(report, "default").last20().logloss())
                .isLessThan(arm(report, "prior").last20().logloss() - 0.05);
        assertThat(arm(report, "prior").overall().logloss()).isBetween(0.68, 0.7);
        assertThat(arm(report, "default").last20().examples()).isEqualTo(ROWS / 5);
    }

    @Test
    void writesTheJsonThatAllMeasurementsShare() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        replay(Optional.empty(), Long.MAX_VALUE);

        JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("r.json")));
        assertThat(json.path("command").textValue()).isEqualTo("replay");
        assertThat(json.path("revision").textValue()).isEqualTo("abc");
        assertThat(json.path("seed").intValue()).isEqualTo(1);
        assertThat(json.at("/settings/model/dimensions").intValue()).isEqualTo(16);
        assertThat(json.at("/data/sha256").textValue()).matches("[0-9a-f]{64}");
        assertThat(json.at("/data/examples").intValue()).isEqualTo(ROWS);
        assertThat(json.at("/data/deadLetters").intValue()).isZero();
        for (String name : List.of("base", "default")) {
            JsonNode arm = json.path("arms").path(name);
            for (String part : List.of("overall", "last20")) {
                for (String key :
                        List.of("examples", "logloss", "auc", "normalizedEntropy", "calibration")) {
                    assertThat(arm.path(part).path(key).isNumber()).as(part + key).isTrue();
                }
            }
            assertThat(arm.path("windows")).hasSize(3);
            assertThat(arm.path("bytes").longValue()).isPositive();
            assertThat(arm.path("streamingBytes").longValue()).isPositive();
            assertThat(arm.path("budgetBytes").longValue()).isZero();
            assertThat(arm.path("examplesPerSecond").doubleValue()).isPositive();
            assertThat(arm.path("digest").textValue()).matches("[0-9a-f]{64}");
        }
        assertThat(json.at("/arms/prior/streamingBytes").longValue()).isZero();
        assertThat(out.toString()).containsPattern("streaming features: [0-9,]+ bytes");
    }

    @Test
    void recordsOfStreamingFeaturesTakeNoBytesWhereNoneIsDeclared() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Report with = replay(Optional.empty(), Long.MAX_VALUE);
        Report without = replay(Optional.empty(), Long.MAX_VALUE, "streaming=[]");

        assertThat(arm(with, "base").cost().streamingBytes()).isGreaterThan(100_000);
        assertThat(arm(without, "base").cost().streamingBytes()).isZero();
        assertThat(arm(without, "base").cost().bytes()).isPositive();
    }

    @Test
    void givesTheSameRunWhenItsConfigurationIsFedBack() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Report first = replay(Optional.empty(), Long.MAX_VALUE);
        Report again = replay(Optional.of(folder.resolve("out/config.yaml")), Long.MAX_VALUE);

        assertThat(arm(again, "base").cost().digest())
                .isEqualTo(arm(first, "base").cost().digest());
        assertThat(arm(again, "base").overall()).isEqualTo(arm(first, "base").overall());
        assertThat(out.toString()).containsOnlyOnce("# Inferred from the columns");
    }

    @Test
    void writesAConfigurationThatHoldsTheSettingsOfTheCommandLine() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Report first = replay(Optional.empty(), Long.MAX_VALUE, "model.dimensions=3", "seed=9");
        Report again = replay(Optional.of(folder.resolve("out/config.yaml")), Long.MAX_VALUE);

        assertThat(again.seed()).isEqualTo(9);
        assertThat(arm(again, "base").cost().digest())
                .isEqualTo(arm(first, "base").cost().digest());
    }

    @Test
    void givesTheSameFiguresWithBadRowsAmongTheGood() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);
        Report clean = replay(Optional.empty(), Long.MAX_VALUE);
        Path file = data().resolve("interactions.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        List<String> bad =
                List.of("x,u,i,1,,phone,0", "\"open", "1,2", ",,,,,,", "1600000000000,u,i,7,,a,b");
        int planted = 0;
        for (int at = lines.size() - 1; at > 0; at -= 10) {
            lines.add(at, bad.get(planted++ % bad.size()));
        }
        Files.write(file, lines);

        Report mixed = replay(Optional.empty(), Long.MAX_VALUE);

        // Not the digest: rows keep their number in the file, which is part of no figure.
        assertThat(arm(mixed, "base").overall()).isEqualTo(arm(clean, "base").overall());
        assertThat(arm(mixed, "base").last20()).isEqualTo(arm(clean, "base").last20());
        assertThat(mixed.data().deadLetterCount()).isEqualTo(planted).isEqualTo(300);
        assertThat(mixed.data().rejected()).isEqualTo(planted);
        assertThat(mixed.data().rows()).isEqualTo(ROWS + planted);
        assertThat(Files.readAllLines(folder.resolve("out/dead-letters.jsonl")))
                .hasSize(planted)
                .allMatch(line -> line.contains("\"reason\":\"") && line.contains("\"line\":"));
    }

    @Test
    void judgesSlatesByDefaultAndCountsWhatStreamsBeside() throws IOException {
        GeneratedData.slates(data(), 400, SEED);
        int rows = Files.readAllLines(data().resolve("interactions.csv")).size() - 1;

        Report report = replay(Optional.empty(), Long.MAX_VALUE);

        assertThat(report.data().kind()).isEqualTo("slates");
        assertThat(report.data().requests()).isEqualTo(400);
        assertThat(report.data().examples()).isEqualTo(4000);
        assertThat(report.data().behaviour()).isEqualTo(rows);
        assertThat(arm(report, "default").slates().ndcgAt10()).isGreaterThan(0.6);
        assertThat(arm(report, "default").slatesLast20().count()).isBetween(40L, 80L);
        assertThat(arm(report, "default").last20().auc()).isGreaterThan(0.65);
    }

    @Test
    void saysHowCertainTheFiguresOfSlatesAre() throws IOException {
        GeneratedData.slates(data(), 400, SEED);

        replay(Optional.empty(), Long.MAX_VALUE);

        JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("r.json")));
        JsonNode slates = json.at("/arms/default/slates");
        for (String figure : List.of("ndcg@10", "mrr", "map", "hr@10")) {
            JsonNode interval = slates.path("intervals").path(figure);
            double value = slates.path(figure).doubleValue();
            assertThat(interval.path("low").doubleValue()).as(figure).isLessThanOrEqualTo(value);
            assertThat(interval.path("high").doubleValue())
                    .as(figure)
                    .isGreaterThanOrEqualTo(value);
        }
        JsonNode ranked = json.at("/arms/default/ranked");
        for (String figure : List.of("ndcg@10", "mrr", "map", "hr@10", "ild", "utility")) {
            JsonNode interval = ranked.path("intervals").path(figure);
            double value = ranked.path(figure).doubleValue();
            assertThat(value).as(figure).isBetween(0.0, 2.0);
            assertThat(interval.path("low").doubleValue()).as(figure).isLessThanOrEqualTo(value);
        }
        assertThat(ranked.path("count").intValue()).isBetween(200, 400);
        assertThat(json.at("/arms/base").has("ranked")).isFalse();
        // 80 requests are too few for blocks.
        assertThat(slates.at("/last20/intervals/mrr/low").isNull()).isTrue();
        assertThat(out.toString()).containsPattern("95 % +±0\\.\\d{4} +±0\\.\\d{4} +±0");
    }

    @Test
    void predictsAWholeSlateBeforeItLearnsAnyOfItsLabels() throws IOException {
        // All items of a slate share a brand that occurs nowhere else, and all are clicked or none:
        // who learns slot by slot knows the rest of a slate after its first.
        StringBuilder slates = new StringBuilder();
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            String brand = "{\"brand\":\"b" + i + "\",\"x\":" + i % 2 + "}";
            slates.append(
                    "{\"request\":\"r%d\",\"timestamp\":%d,\"user\":\"\",\"items\":["
                            .formatted(i, 1_600_000_000_000L + i / 3));
            for (int slot = 0; slot < 6; slot++) {
                slates.append(
                        "%s{\"id\":\"i%d\",\"features\":%s}"
                                .formatted(slot == 0 ? "" : ",", slot, brand));
            }
            boolean all = random.nextBoolean();
            slates.append("],\"clicked\":[")
                    .append(all ? "\"i0\",\"i1\",\"i2\",\"i3\",\"i4\",\"i5\"" : "")
                    .append("]}\n");
        }
        GeneratedData.write(data().resolve("slates.jsonl"), slates.toString());
        Path config = folder.resolve("c.yaml");
        GeneratedData.write(
                config, "features: [{name: brand, source: features.brand, type: category}]\n");

        Report report = replay(Optional.of(config), Long.MAX_VALUE);

        // Nothing can be known, so nothing but the drift of the bias is left.
        assertThat(arm(report, "base").overall().auc()).isBetween(0.4, 0.6);
        assertThat(arm(report, "base").overall().logloss()).isGreaterThan(0.65);
    }

    @Test
    void stopsAtTheLimit() throws IOException {
        GeneratedData.slates(data(), 400, SEED);

        assertThat(replay(Optional.empty(), 7).data().requests()).isEqualTo(7);
        assertThat(
                        run(request(Optional.empty(), 11, Optional.of(ExampleKind.INTERACTIONS)))
                                .data()
                                .examples())
                .isEqualTo(11);
    }

    @Test
    void theBenchmarkLearnsTheVerySame() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);
        ReplayRequest request =
                request(Optional.empty(), Long.MAX_VALUE, Optional.of(ExampleKind.INTERACTIONS));

        Report bench = LearnBench.run(request, 3, new PrintWriter(out, true));

        Arm expected = arm(run(request), "base");
        assertThat(arm(bench, "default").cost().digest()).isEqualTo(expected.cost().digest());
        assertThat(arm(bench, "default").overall()).isEqualTo(expected.overall());
        assertThat(arm(bench, "default").cost().examplesPerSecond()).isPositive();
        assertThat(out.toString()).contains("default, run 3: ").contains("declared, median: ");
    }

    @Test
    void saysSoWhenNoRowCanBeUsed() {
        GeneratedData.write(
                data().resolve("interactions.csv"), "timestamp,user,item,label\n5,u,i,1\n");

        assertThatThrownBy(() -> replay(Optional.empty(), Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BAD_TIMESTAMP=1");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Report replay(Optional<Path> config, long limit, String... settings)
            throws IOException {
        return run(request(config, limit, Optional.empty(), settings));
    }

    private ReplayRequest request(
            Optional<Path> config, long limit, Optional<ExampleKind> kind, String... settings) {
        return new ReplayRequest(
                config,
                loader -> loader.set(List.of(settings)),
                data(),
                kind,
                limit,
                false,
                Optional.of(folder.resolve("out")),
                Optional.of(folder.resolve("r.json")),
                "abc");
    }

    private Report run(ReplayRequest request) throws IOException {
        return Replay.run(request, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static Arm arm(Report report, String name) {
        return report.arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
