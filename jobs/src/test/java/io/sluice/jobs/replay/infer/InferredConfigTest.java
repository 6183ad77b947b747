package io.sluice.jobs.replay.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.replay.GeneratedData;
import io.sluice.jobs.replay.dataset.DataFolder;
import io.sluice.jobs.replay.dataset.DataLimits;
import io.sluice.jobs.replay.dataset.DataSet;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.StreamingFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferredConfigTest {

    private static final int ROWS = 1000;
    private static final long T = 1_600_000_000_000L;
    private static final DataLimits LIMITS =
            new DataLimits(0, Long.MAX_VALUE, 1 << 20, 1000, 200, 4096, 1000);

    @TempDir private Path folder;

    @Test
    void declaresUserAndItemAlways() throws IOException {
        assertThat(infer(i -> "x").features().features())
                .extracting(FeatureSpec::name)
                .containsExactly("user", "item");
    }

    @Test
    void takesFewWholeNumbersForACode() throws IOException {
        assertThat(entry(i -> "" + (1900 + i % 100))).contains("type: category");
        assertThat(entry(i -> "" + (i % 5 - 2))).contains("type: category");
    }

    @Test
    void putsOtherNumbersIntoLogarithmicBuckets() throws IOException {
        assertThat(entry(i -> "" + i)).contains("type: number, bucket: {log: 2}");
        assertThat(entry(i -> "" + (-i * 3.5))).contains("type: number, bucket: {log: 2}");
        assertThat(entry(i -> i % 2 == 0 ? "" : i + "e3")).contains("bucket: {log: 2}");
    }

    @Test
    void putsNumbersOfANarrowRangeIntoBucketsOfEqualWidth() throws IOException {
        assertThat(entry(i -> "" + i / 1000.0)).contains("bucket: {width: 0.05}");
        assertThat(entry(i -> "" + (i - 500) / 1e6)).contains("bucket: {width: 5.0E-5}");
    }

    @Test
    void takesTextsThatComeBackForCategories() throws IOException {
        assertThat(entry(i -> "city" + i % 50)).contains("type: category");
        assertThat(entry(i -> i % 10 == 0 ? "" : "United Kingdom")).contains("type: category");
    }

    @Test
    void takesTextsWithBarsForSeveralValues() throws IOException {
        assertThat(entry(i -> i % 7 == 0 ? "" : "a" + i % 3 + "|b" + i % 5))
                .contains("type: categories, separator: \"|\"");
    }

    @Test
    void leavesOutWhatNothingCanBeLearntFrom() throws IOException {
        assertThat(infer(i -> "").yaml()).contains("#   context.column is empty");
        assertThat(infer(i -> "x").yaml()).contains("#   context.column is the same in every row");
    }

    @Test
    void leavesOutWhatNearlyIdentifiesItsRowAndSaysWhy() throws IOException {
        assertThat(infer(i -> "zip" + i).yaml())
                .contains("context.column nearly identifies its row: 1000 distinct values in 1000");
        assertThat(infer(i -> "0" + i).yaml()).contains("nearly identifies its row");
        assertThat(infer(i -> "a" + i + "|b" + i).yaml()).contains("too many");
    }

    @Test
    void leavesOutFreeText() throws IOException {
        assertThat(infer(i -> "it was number " + i % 100).yaml())
                .contains("looks like free text: 4.0 words on average");
    }

    @Test
    void judgesByAllRowsNotByTheFirst() throws IOException {
        assertThat(entry(i -> i == ROWS - 1 ? "unknown" : "" + i % 50)).contains("category");
        assertThat(infer(i -> i == ROWS - 1 ? "unknown" : "" + i).yaml())
                .contains("nearly identifies its row");
    }

    @Test
    void keepsNamesApartThatStandInBothKinds() throws IOException {
        write(i -> "x" + i % 3);
        GeneratedData.write(folder.resolve("items.csv"), "item,column,user\ni0,red,a\ni1,blue,b\n");

        assertThat(infer().features().features())
                .extracting(FeatureSpec::name)
                .containsExactly("user", "item", "column", "features.column", "features.user");
    }

    @Test
    void writesAConfigurationThatReadsBackAsItself() throws IOException {
        write(i -> "x" + i % 3);
        GeneratedData.write(
                folder.resolve("items.csv"),
                "item,größe \"x\\,null,2,a: b,#c,ratio\ni0,x,p,1,0,7,0.25\ni1,y,q,2,1,8,0.5\ni2,y,q,2,1,8,0.125\n");

        InferredConfig inferred = infer();

        assertThat(inferred.features().features()).hasSize(9);
        assertThat(new ConfigLoader().text(inferred.yaml(), "test").load().schema())
                .isEqualTo(inferred.features());
    }

    @Test
    void countsWhatCameTogetherWhereEventsOfAUserHaveAnOrder() throws IOException {
        write(i -> "x" + i % 3);
        assertThat(streaming())
                .contains("item.together", "item.together.last")
                .doesNotContain("item.beside");

        // Two of three rows are at the moment of the row before.
        write(i -> "x" + i % 3, i -> T + i / 3);
        assertThat(streaming()).isNotEmpty().doesNotContain("item.together");
    }

    @Test
    void countsWhatCameBesideInTheStreamWhereEventsAreNobodysAndHaveAnOrder() throws IOException {
        writeOf(row -> row % 8 == 0 ? "" : "u" + row % 2, row -> T + row);
        assertThat(streaming()).contains("item.beside", "item.beside.last", "item.together");

        writeOf(row -> row % 16 == 0 ? "" : "u" + row % 2, row -> T + row);
        assertThat(streaming()).doesNotContain("item.beside");

        // Half of the rows are at the moment of the row before.
        writeOf(row -> row % 8 == 0 ? "" : "u" + row % 2, row -> T + row / 2);
        assertThat(streaming()).doesNotContain("item.beside");
    }

    private List<String> streaming() throws IOException {
        return infer().features().streaming().stream().map(StreamingFeature::name).toList();
    }

    private String entry(IntFunction<String> column) throws IOException {
        return infer(column)
                .yaml()
                .lines()
                .filter(line -> line.startsWith("  - {name: column"))
                .collect(Collectors.joining());
    }

    private InferredConfig infer(IntFunction<String> column) throws IOException {
        write(column);
        return infer();
    }

    private InferredConfig infer() throws IOException {
        return InferredConfig.of(
                DataSet.open(DataFolder.open(folder), Optional.empty(), LIMITS, false).profile());
    }

    private void write(IntFunction<String> column) {
        write(column, i -> T + i);
    }

    private void write(IntFunction<String> column, IntToLongFunction time) {
        GeneratedData.write(
                folder.resolve("interactions.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> time.applyAsLong(i) + ",u,i,1," + column.apply(i))
                        .collect(
                                Collectors.joining(
                                        "\n", "timestamp,user,item,label,column\n", "\n")));
    }

    private void writeOf(IntFunction<String> user, IntToLongFunction time) {
        GeneratedData.write(
                folder.resolve("interactions.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> time.applyAsLong(i) + "," + user.apply(i) + ",i" + i % 3)
                        .collect(
                                Collectors.joining(",1\n", "timestamp,user,item,label\n", ",1\n")));
    }
}
