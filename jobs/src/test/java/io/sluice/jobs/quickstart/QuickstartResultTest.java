package io.sluice.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickstartResultTest {

    private static final Traffic TRAFFIC = new Traffic(1, 60, 1);
    private static final int SHOWN = 2;

    @Test
    void anEngineThatComesBackHasRecovered() {
        Verdict verdict = result(List.of(0.9, 0.4, 0.85)).verdict();

        assertThat(verdict.beatsPopularity()).isTrue();
        assertThat(verdict.recovered()).isTrue();
        assertThat(verdict.shareAfter()).isEqualTo(0.4);
        assertThat(verdict.recoverySeconds()).isEqualTo(9.0);
    }

    @Test
    void anEngineThatStaysDownHasNeitherRecoveredNorBeaten() {
        QuickstartResult result = result(List.of(0.9, 0.4, 0.45));

        assertThat(result.verdict().beatsPopularity()).isFalse();
        assertThat(result.verdict().recovered()).isFalse();
        assertThat(result.verdict().recoverySeconds()).isNaN();
        assertThat(screen(result)).contains("Does NOT beat", "Does NOT recover", "All there");
    }

    @Test
    void countsThatDontAddUpAreSaid() {
        assertThat(new Counts(10, 4, 10, 4, 20, 0).addUp(SHOWN)).isTrue();
        assertThat(new Counts(10, 4, 9, 4, 20, 0).addUp(SHOWN)).isFalse();
        assertThat(new Counts(10, 4, 10, 5, 20, 0).addUp(SHOWN)).isFalse();
        assertThat(new Counts(10, 4, 10, 4, 19, 0).addUp(SHOWN)).isFalse();
        assertThat(new Counts(10, 4, 10, 4, 20, 1).addUp(SHOWN)).isFalse();
    }

    @Test
    void theJsonHasEveryFigureAndNoNaN() throws Exception {
        String json = QuickstartJson.write(result(List.of(0.9, 0.4, 0.45)), "abc");

        JsonNode root = new ObjectMapper().readTree(json);
        assertThat(root.path("command").asText()).isEqualTo("quickstart");
        assertThat(root.path("revision").asText()).isEqualTo("abc");
        assertThat(root.path("settings").path("model").path("decay").isNumber()).isTrue();
        for (String arm : List.of("engine", "sort", "popularity", "random", "oracle")) {
            for (Stretch stretch : Stretch.values()) {
                JsonNode figures = root.path("arms").path(arm).path(stretch.key());
                assertThat(figures.path("expectedClickRate").isNumber()).isTrue();
            }
        }
        assertThat(root.path("verdict").path("recoverySeconds").isNull()).isTrue();
        assertThat(root.path("windows")).hasSize(20);
        assertThat(json).doesNotContain("NaN");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() {
        String json = QuickstartJson.write(result(List.of(0.9, 0.4, 0.85)), "</script>");

        String page = QuickstartPage.write(json);

        assertThat(page).contains("uPlot", "\"command\" : \"quickstart\"", "<\\/script>");
        assertThat(page).doesNotContain("src=", "href=", "/*figures*/", "/*uplot");
    }

    @Test
    void theSummaryFitsATerminal() {
        assertThat(screen(result(List.of(0.9, 0.4, 0.85))).lines())
                .allMatch(line -> line.length() <= 80);
    }

    private static String screen(QuickstartResult result) {
        StringWriter screen = new StringWriter();
        new Summary(new PrintWriter(screen)).print(result);
        return screen.toString();
    }

    /** One visit a second; shares of the oracle before, within 6 s after, and later. */
    private static QuickstartResult result(List<Double> shares) {
        VisitLog log = new VisitLog();
        for (int second = 0; second < 60; second++) {
            double share = shares.get(second < 30 ? 0 : second < 36 ? 1 : 2);
            Phase phase = second < 30 ? Phase.BEFORE_DRIFT : Phase.AFTER_DRIFT;
            log.add(new VisitOutcome(1000L * second, phase, 1, share, 0.45, 0.5, 0.3, 1));
        }
        List<Window> windows = new ArrayList<>();
        long from = 0;
        for (long to : TRAFFIC.windowEndsMs()) {
            Rates rates = Rates.of(log.between(from, to), SHOWN);
            windows.add(new Window(from, to, rates, Percentiles.of(new long[] {400}), "1-7"));
            from = to;
        }
        Map<Stretch, Rates> rates = new EnumMap<>(Stretch.class);
        for (Stretch stretch : Stretch.values()) {
            rates.put(stretch, stretch.rates(log, TRAFFIC, SHOWN));
        }
        return new QuickstartResult(
                QuickstartConfig.loader().load(),
                new WorldSize(10, 40, 12, SHOWN),
                TRAFFIC,
                rates,
                windows,
                Verdict.of(log, TRAFFIC, SHOWN, windows),
                Percentiles.of(new long[] {400, 500}),
                new Counts(60, 60, 60, 60, 120, 0),
                12.3,
                75,
                900L << 20);
    }
}
