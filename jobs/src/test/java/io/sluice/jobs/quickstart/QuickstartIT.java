package io.sluice.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.config.ConfigLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with real broker, job, server and HTTP, shortened. */
class QuickstartIT {

    private static final int SECONDS = 20;

    /**
     * So small that a few hundred visits teach it, which a busy machine manages in half the time.
     */
    static final WorldSize SMALL = new WorldSize(10, 40, 20, 8);

    @TempDir private Path folder;

    @Test
    void theEngineBeatsChanceAndNothingIsLost() throws Exception {
        StringWriter screen = new StringWriter();
        Path json = folder.resolve("figures").resolve("quickstart.json");
        Path out = folder.resolve("out");

        new Quickstart(
                        QuickstartConfig.loader().set("seed=11"),
                        new QuickstartOptions(SECONDS, out, Optional.of(json), false, "a-revision"),
                        SMALL,
                        new PrintWriter(screen))
                .run();

        JsonNode figures = new ObjectMapper().readTree(Files.readString(json));
        JsonNode counts = figures.path("counts");
        long requests = counts.path("requests").asLong();
        assertThat(requests).as(screen.toString()).isGreaterThan(50);
        assertThat(counts.path("impressions").asLong()).isEqualTo(requests);
        assertThat(counts.path("examples").asLong()).isEqualTo(8 * requests);
        assertThat(counts.path("clicks").asLong()).isPositive();
        assertThat(counts.path("feedback").asLong()).isEqualTo(counts.path("clicks").asLong());
        assertThat(counts.path("deadLetters").asLong()).isZero();
        assertThat(counts.path("addUp").asBoolean()).isTrue();

        assertThat(rate(figures, "engine", "beforeDrift"))
                .as(screen.toString())
                .isGreaterThan(1.1 * rate(figures, "random", "beforeDrift"));
        assertThat(rate(figures, "oracle", "overall"))
                .isGreaterThan(rate(figures, "engine", "overall"));
        assertThat(figures.path("freshnessMs").path("p50").asDouble()).isBetween(1.0, 10_000.0);
        assertThat(figures.path("startupSeconds").asDouble()).isPositive();
        assertThat(figures.path("peakMemoryBytes").asLong()).isGreaterThan(1L << 27);
        assertThat(figures.path("revision").asText()).isEqualTo("a-revision");
        assertThat(figures.path("seed").asLong()).isEqualTo(11);

        assertThat(screen.toString()).contains("tastes change now", "All there", "Next, with your");
        assertThat(screen.toString().lines().filter(line -> !line.contains(folder.toString())))
                .allMatch(line -> line.length() <= 80);
        assertThat(Files.readString(out.resolve("report.html"))).contains("\"a-revision\"");
        assertThat(new ConfigLoader().file(out.resolve(NextSteps.CONFIG)).load().name())
                .isEqualTo("my-pipeline");
        try (var left = Files.list(out)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(List.of("report.html", "my.yaml"));
        }
    }

    private static double rate(JsonNode figures, String arm, String stretch) {
        return figures.path("arms").path(arm).path(stretch).path("expectedClickRate").asDouble();
    }
}
