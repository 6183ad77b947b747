package io.sluice.jobs.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.config.ConfigException;
import io.sluice.jobs.replay.GeneratedData;
import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.Comparison;
import io.sluice.jobs.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {

    private static final int ROWS = 3000;
    private static final long SEED = 20260102;
    private static final String BLIND =
            "blind:features=[{name: device, source: context.device, type: category}],streaming=[]";

    @TempDir private Path folder;
    private List<String> tune = List.of();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theArmDefaultIsWhatReplayGives() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Report replay = Replay.run(stream("replay"), writer(out), writer(err));
        Comparison comparison = compare(List.of(), "wide:model.dimensions=32");

        assertSame(arm(comparison, "default"), replay);
        assertThat(arm(comparison, "wide").cost().digest())
                .isNotEqualTo(arm(comparison, "default").cost().digest());
    }

    @Test
    void theArmDefaultIsWhatReplayGivesOfSlates() throws IOException {
        GeneratedData.slates(data(), 600, SEED);

        Report replay = Replay.run(stream("replay"), writer(out), writer(err));
        Comparison comparison = compare(List.of(), "wide:model.dimensions=32");

        Arm found = arm(comparison, "default");
        assertSame(found, replay);
        Arm expected = replay.arms().get(0);
        assertThat(found.slates()).isEqualTo(expected.slates());
        assertThat(found.slatesLast20()).isEqualTo(expected.slatesLast20());
        assertThat(found.intervals()).isEqualTo(expected.intervals());
        assertThat(found.intervalsLast20()).isEqualTo(expected.intervalsLast20());
        assertThat(found.ranked()).isNotNull().isEqualTo(expected.ranked());
        assertThat(comparison.pairs().get(0).overall().slates().mrr().estimate())
                .isCloseTo(
                        arm(comparison, "wide").slates().mrr() - found.slates().mrr(),
                        within(1e-12));
    }

    private static void assertSame(Arm found, Report replay) {
        Arm expected = replay.arms().get(0);
        assertThat(expected.name()).isEqualTo("default");
        assertThat(found.cost().digest()).isEqualTo(expected.cost().digest());
        assertThat(found.cost().bytes()).isEqualTo(expected.cost().bytes());
        assertThat(found.cost().streamingBytes())
                .isPositive()
                .isEqualTo(expected.cost().streamingBytes());
        assertThat(found.overall()).isEqualTo(expected.overall());
        assertThat(found.last20()).isEqualTo(expected.last20());
        assertThat(found.windows()).isEqualTo(expected.windows());
        assertThat(found.curve()).isEqualTo(expected.curve());
    }

    @Test
    void seesThatAnArmWithoutUsersAndItemsIsWorse() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Comparison comparison = compare(List.of(), BLIND, "same");

        JsonNode pairs = json().path("pairs");
        assertThat(pairs).hasSize(2);
        JsonNode blind = pairs.get(0);
        assertThat(blind.path("arm").textValue()).isEqualTo("blind");
        assertThat(blind.path("reference").textValue()).isEqualTo("default");
        for (String part : List.of("overall", "last20")) {
            JsonNode loss = blind.path(part).path("logloss");
            assertThat(loss.path("excludesZero").booleanValue()).as(part).isTrue();
            assertThat(loss.path("low").doubleValue()).as(part).isPositive();
            assertThat(blind.path(part).path("auc").path("high").doubleValue()).isNegative();
        }
        assertThat(blind.at("/overall/logloss/difference").doubleValue())
                .isCloseTo(
                        arm(comparison, "blind").overall().logloss()
                                - arm(comparison, "default").overall().logloss(),
                        within(1e-12));
        JsonNode same = pairs.get(1).at("/overall/auc");
        assertThat(same.path("difference").doubleValue()).isZero();
        assertThat(same.path("excludesZero").booleanValue()).isFalse();
        assertThat(out.toString())
                .containsPattern("blind - default +\\+0\\.\\d{5} \\[\\+.*\\] \\* +-0")
                .contains("same - default");
    }

    @Test
    void writesJsonPageAndConfiguration() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        compare(List.of(), "wide:model.dimensions=32");

        JsonNode json = json();
        assertThat(json.path("command").textValue()).isEqualTo("compare");
        assertThat(json.at("/arms/wide/overrides/0").textValue()).isEqualTo("model.dimensions=32");
        assertThat(json.at("/arms/wide/last20/examples").intValue()).isEqualTo(ROWS / 5);
        assertThat(json.at("/arms/default/windows")).hasSize(3);
        assertThat(json.at("/arms/default/seeds/1/digest").textValue())
                .isEqualTo(json.at("/arms/default/digest").textValue());
        assertThat(json.at("/settings/model/dimensions").intValue()).isEqualTo(16);
        String page = Files.readString(folder.resolve("out/report.html"));
        assertThat(page).startsWith("<!doctype html>").doesNotContain("{{").contains("uPlot");
        assertThat(page).contains("\"curve\":[").contains("\"wide\"");
        assertThat(folder.resolve("out/config.yaml")).isNotEmptyFile();
    }

    @Test
    void seedsHaveAMeanAndASpread() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Comparison comparison = compare(List.of(3L, 4L), "wide:model.dimensions=32");

        assertThat(comparison.arms().get(0).seeds().keySet()).containsExactly(3L, 4L);
        double one = comparison.arms().get(0).seeds().get(3L).overall().logloss();
        double other = comparison.arms().get(0).seeds().get(4L).overall().logloss();
        assertThat(one).isNotEqualTo(other);
        assertThat(arm(comparison, "default").overall().logloss())
                .isCloseTo((one + other) / 2, within(1e-12));
        assertThat(json().at("/arms/default/spread/overall/logloss").doubleValue())
                .isCloseTo(Math.abs(one - other) / Math.sqrt(2), within(1e-12));
        assertThat(json().path("seeds")).hasSize(2);
        assertThat(out.toString()).contains("deviation of 2 seeds");
    }

    @Test
    void budgetsGoThroughTheGivenKey() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Comparison comparison =
                compare("model.dimensions", List.of("2", "8"), List.of(), "b:model.l2=0.1");

        JsonNode arms = json().path("arms");
        assertThat(arms.at("/b@2/budgetBytes").intValue()).isEqualTo(2);
        assertThat(arms.at("/b@2/group").textValue()).isEqualTo("b");
        assertThat(arms.at("/default@8/bytes").longValue())
                .isGreaterThan(arms.at("/default@2/bytes").longValue());
        assertThat(comparison.pairs())
                .extracting(pair -> pair.arm() + " " + pair.reference())
                .containsExactly("b@2 default@2", "b@8 default@8");
    }

    @Test
    void allFaultsOfAllArmsAreNamedWithTheirOptions() {
        GeneratedData.interactions(data(), 50, SEED);

        assertThatThrownBy(
                        () ->
                                compare(
                                        "model.nothing",
                                        List.of("1KiB", "2KiB"),
                                        List.of(),
                                        "a:model.dimensions=x",
                                        "b:seed=4"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems()).hasSize(3).doesNotHaveDuplicates())
                .hasMessageContaining("--budget-key: model.nothing must be a known key")
                .hasMessageContaining("--arm a: model.dimensions must be a whole number")
                .hasMessageContaining("--arm b: seed must be the same for all arms");
    }

    @Test
    void armsMayNotReadTheStreamOtherwise() {
        GeneratedData.interactions(data(), 50, SEED);

        assertThatThrownBy(
                        () ->
                                compare(
                                        List.of(),
                                        "a:examples.labelThreshold=3",
                                        "b:limits.textLength=9"))
                .hasMessageContaining("--arm a: examples must be the same for all arms")
                .hasMessageContaining("--arm b: limits must be the same for all arms");
    }

    @Test
    void armsThatThinNegativesOtherwiseAreRefused() {
        GeneratedData.interactions(data(), 500, SEED);

        assertThatThrownBy(() -> compare(List.of(), "thin:model.negativeKeepRate=0.5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arm thin must judge the same examples as arm default")
                .hasMessageContaining("model.negativeKeepRate");
    }

    @Test
    void armsThatThinNegativesAlikeAreCompared() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Comparison comparison =
                compare(
                        List.of(1L, 2L),
                        "default:model.negativeKeepRate=0.5",
                        "b:model.negativeKeepRate=0.5,model.dimensions=4");

        assertThat(arm(comparison, "b").overall().examples()).isBetween(1500L, 2700L);
        assertThat(comparison.pairs().get(0).overall().logloss().halfWidth()).isPositive();
    }

    @Test
    void tunesEachArmOnTheBeginningAlone() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);
        tune = List.of("model.l2=0.003,9", "b:model.dimensions=4,8");

        Comparison comparison = compare(List.of(), "b:model.decay=1", "c:model.l2=9");

        assertThat(json().at("/arms/c/tuned").isMissingNode()).as("has its own").isTrue();

        JsonNode tuned = json().at("/arms/b/tuned");
        assertThat(tuned).hasSize(2);
        assertThat(tuned.at("/0/key").textValue()).isEqualTo("model.l2");
        assertThat(json().at("/arms/default/tuned").isMissingNode()).isTrue();
        for (JsonNode setting : tuned) {
            double least = Double.MAX_VALUE;
            for (JsonNode trial : setting.path("trials")) {
                least = Math.min(least, trial.path("logloss").doubleValue());
            }
            String chosen = setting.path("chosen").textValue();
            for (JsonNode trial : setting.path("trials")) {
                boolean isLeast = trial.path("logloss").doubleValue() == least;
                assertThat(trial.path("value").textValue().equals(chosen)).isEqualTo(isLeast);
            }
        }
        String dimensions = tuned.at("/1/chosen").textValue();
        assertThat(json().at("/arms/b/overrides/2").textValue())
                .isEqualTo("model.dimensions=" + dimensions);
        assertThat(err.toString()).contains("tuning on the first 300 examples, round 2 of 2");
        assertThat(out.toString()).contains("b                            model.dimensions=");

        // What was chosen is what one gets by writing it down, and a trial is a replay of 300.
        String written = "model.l2=" + tuned.at("/0/chosen").textValue();
        String trial = tuned.at("/1/trials/0/logloss").toString();
        tune = List.of();
        Comparison same = compare(List.of(), "b:" + written + ",model.dimensions=" + dimensions);
        assertThat(arm(same, "b").cost().digest()).isEqualTo(arm(comparison, "b").cost().digest());
        Comparison beginning = compare(List.of(), 300, "b:" + written + ",model.dimensions=4");
        assertThat(arm(beginning, "b").overall().logloss()).isEqualTo(Double.parseDouble(trial));
    }

    @Test
    void refusesATuningThatFitsNoArm() {
        GeneratedData.interactions(data(), 50, SEED);

        tune = List.of("d:model.l2=0,1");
        assertThatThrownBy(() -> compare(List.of(), "b:model.decay=1"))
                .hasMessageContaining("--tune must name an arm")
                .hasMessageContaining("found \"d\" for model.l2");
        tune = List.of("model.l2=1");
        assertThatThrownBy(() -> compare(List.of(), "b:model.decay=1"))
                .hasMessageContaining("--tune must be key=value,value")
                .hasMessageContaining("found \"model.l2=1\"");
        tune = List.of("model.l2=1,x");
        assertThatThrownBy(() -> compare(List.of(), "b:model.decay=1"))
                .hasMessageContaining("--tune: model.l2 must be a number");
    }

    @Test
    void baselinesRunWithinTheirBudget() throws IOException {
        GeneratedData.interactions(data(), ROWS, SEED);

        Comparison comparison =
                compare(
                        "model.memory",
                        List.of("64KiB", "1MiB"),
                        List.of(),
                        "hashing:model.table=hashing",
                        "ftrl:model.table=ftrl");

        assertThat(comparison.arms()).hasSize(6);
        assertThat(comparison.report().notes())
                .anyMatch(note -> note.contains("the budget bounds"));
        for (var arm : comparison.arms()) {
            // What does not depend on the stream, and predictions that wait, stand beside the
            // model.
            assertThat(arm.mean().cost().bytes())
                    .as(arm.mean().name())
                    .isLessThan(arm.mean().cost().budgetBytes() + 8192);
        }
        assertThat(arm(comparison, "ftrl@65536").overall().logloss()).isLessThan(0.75);
    }

    @Test
    void aMemoryOfErrorsThatRowsAreWorthMoreThanIsLeftOutAndSaidToBe() throws IOException {
        GeneratedData.interactions(data(), 200, SEED);

        Comparison comparison =
                compare(
                        "model.memory",
                        List.of("128KiB", "256KiB"),
                        List.of(),
                        "memory:memory.mode=residual");

        assertThat(arm(comparison, "memory@131072").cost().digest())
                .isEqualTo(arm(comparison, "default@131072").cost().digest());
        assertThat(arm(comparison, "memory@262144").cost().digest())
                .isNotEqualTo(arm(comparison, "default@262144").cost().digest());
        assertThat(comparison.report().notes())
                .filteredOn(note -> note.contains("too small for a memory of errors"))
                .singleElement()
                .asString()
                .startsWith("memory@131072: model.memory (131,072 bytes)");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Comparison compare(List<Long> seeds, String... arms) throws IOException {
        return compare("model.memory", List.of(), seeds, arms);
    }

    private Comparison compare(List<Long> seeds, long limit, String... arms) throws IOException {
        return Compare.run(
                request("model.memory", List.of(), seeds, limit, arms), writer(out), writer(err));
    }

    private Comparison compare(
            String budgetKey, List<String> budgets, List<Long> seeds, String... arms)
            throws IOException {
        return Compare.run(
                request(budgetKey, budgets, seeds, Long.MAX_VALUE, arms), writer(out), writer(err));
    }

    private CompareRequest request(
            String budgetKey, List<String> budgets, List<Long> seeds, long limit, String... arms) {
        return new CompareRequest(
                stream("out", limit),
                Optional.empty(),
                List.of(arms),
                budgets,
                budgetKey,
                seeds,
                tune,
                0.1,
                Optional.empty());
    }

    private ReplayRequest stream(String name) {
        return stream(name, Long.MAX_VALUE);
    }

    private ReplayRequest stream(String name, long limit) {
        return new ReplayRequest(
                Optional.empty(),
                loader -> loader,
                data(),
                Optional.empty(),
                limit,
                false,
                Optional.of(folder.resolve(name)),
                Optional.of(folder.resolve(name + ".json")),
                "abc");
    }

    private static PrintWriter writer(StringWriter text) {
        return new PrintWriter(text, true);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder.resolve("out.json")));
    }

    private static Arm arm(Comparison comparison, String name) {
        return comparison.report().arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
