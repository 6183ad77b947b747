package io.sluice.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.state.evaluate.ScoreLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final String HOSTILE = "</script><script>alert(1)</script>{{data}}";

    @Test
    void isOnePageThatLoadsNothing() {
        String page = ReportPage.write(report("a.csv"));

        assertThat(page).startsWith("<!doctype html>").contains("uPlot").contains("matchMedia");
        assertThat(page).doesNotContain("src=").doesNotContain("<link").doesNotContain("{{");
        assertThat(page).doesNotContain("@import").doesNotContain("fetch(");
    }

    @Test
    void holdsTheFiguresTheCurvesAndTheCalibrationAsData() throws IOException {
        JsonNode data = data(ReportPage.write(report("a.csv")));

        JsonNode arm = data.path("arms").path("base");
        assertThat(arm.at("/overall/examples").intValue()).isEqualTo(100);
        assertThat(arm.path("curve")).hasSize(10);
        assertThat(arm.at("/curve/9/examples").intValue()).isEqualTo(100);
        assertThat(arm.path("reliability")).hasSize(20);
        assertThat(data.at("/data/deadLettersByReason/NOT_JSON").intValue()).isEqualTo(3);
    }

    @Test
    void letsNoNameEscapeFromTheData() throws IOException {
        String page = ReportPage.write(report(HOSTILE));

        assertThat(page).doesNotContain("<script>alert");
        assertThat(data(page).at("/data/file").textValue()).isEqualTo(HOSTILE);
    }

    @Test
    void writesNullWhereAFigureIsNotDefined() throws IOException {
        ScoreLog positives = new ScoreLog();
        positives.add(0.5f, 1, 1, 0);
        Report report = report("a.csv", positives);

        JsonNode arm = new ObjectMapper().readTree(ReportJson.write(report)).at("/arms/base");

        assertThat(arm.at("/overall/auc").isNull()).isTrue();
        assertThat(arm.path("examplesPerSecond").isNull()).isTrue();
        assertThat(data(ReportPage.write(report)).at("/arms/base/curve/0/auc").isNull()).isTrue();
    }

    @Test
    void printsATableForAPerson() {
        StringWriter out = new StringWriter();

        ReportTable.print(report("a.csv"), new PrintWriter(out, true));

        assertThat(out.toString())
                .contains("a.csv: 103 rows, 100 examples, 3 dead letters {NOT_JSON=3}")
                .contains("base")
                .contains("last 20 %")
                .contains("note: look here");
    }

    private static JsonNode data(String page) throws IOException {
        String start = "id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    }

    private static Report report(String file) {
        ScoreLog log = new ScoreLog();
        for (int i = 0; i < 100; i++) {
            log.add(i / 100f, i % 3 == 0 ? 1 : 0, 1, 1000L * i);
        }
        return report(file, log);
    }

    private static Report report(String file, ScoreLog log) {
        Arm.Cost cost = new Arm.Cost(10, 0, 0, Double.NaN, "d");
        return new Report(
                "replay",
                "abc",
                1,
                new ObjectMapper().createObjectNode(),
                new DataFacts(
                        "/data",
                        file,
                        "interactions",
                        "sha",
                        103,
                        3,
                        0,
                        100,
                        0,
                        Map.of("NOT_JSON", 3L)),
                10,
                List.of(Arm.of("base", log, null, null, null, 10, cost)),
                List.of("look here"));
    }
}
