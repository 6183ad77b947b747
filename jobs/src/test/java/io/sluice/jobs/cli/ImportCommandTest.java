package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.replay.GeneratedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before Kafka is asked: no broker runs here. */
class ImportCommandTest {

    private static final long SEED = 20260104;

    @TempDir private Path folder;
    private Path config;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeConfig() throws IOException {
        config = Files.writeString(folder.resolve("pipeline.yaml"), "name: imported\n");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString())
                .contains("Usage: sluice import")
                .contains("--until=TIME")
                .contains("slates, interactions");
    }

    @Test
    void asksForTheDataSet() {
        assertThat(run("--config", config.toString())).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--data");
    }

    @Test
    void asksForThePipelineThatGoesLive() {
        assertThat(run("--data", interactions())).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--config must name the file of the pipeline");
    }

    @Test
    void refusesATimeThatIsNone() {
        for (String time :
                List.of("yesterday", "2026-01-31T00:00:00", "99999999999999999999", "1.5")) {
            assertThat(of(interactions(), "--until", time)).isEqualTo(SluiceCommand.WRONG_USAGE);
            assertThat(err.toString())
                    .contains("--until must be epoch milliseconds or a date and time")
                    .contains("found '" + time + "'");
        }
    }

    @Test
    void refusesAFolderWithoutData() {
        assertThat(of(folder.toString())).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--data must hold interactions.csv or slates.jsonl");
    }

    @Test
    void refusesInteractionsThatThePipelineDoesNotLearnFrom() {
        assertThat(of(interactions())).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains(
                        "examples.source must be interactions for a history of interactions, found"
                                + " impressions");
    }

    @Test
    void refusesNegativesThatNoProductWouldSend() {
        String[] options = {
            "--set", "examples.source=interactions", "--set", "examples.negatives=4"
        };
        assertThat(of(interactions(), options)).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("examples.negatives must be 0").contains("found 4");
    }

    @Test
    void refusesSlatesThatThePipelineDoesNotLearnFrom() {
        String[] options = {"--set", "examples.source=interactions", "--examples", "slates"};
        assertThat(of(slates(), options)).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains(
                        "examples.source must be impressions for a history of slates, found"
                                + " interactions");
    }

    @Test
    void refusesSlatesWhoseClicksWouldBeDeadLetters() {
        String bought = "feedback.kinds={buy: {label: 1, windowMs: 60000}}";
        assertThat(of(slates(), "--set", bought)).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains("feedback.kinds must be a map with click of label 1")
                .contains("found [buy]");
    }

    @Test
    void refusesFeedbackThatMeansTheContrary() {
        assertThat(of(slates(), "--set", "feedback.kinds.skip={label: 1, windowMs: 60000}"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("feedback.kinds.skip.label must be 0").contains("1");
    }

    private String interactions() {
        return GeneratedData.interactions(folder.resolve("i"), 20, SEED).toString();
    }

    private String slates() {
        return GeneratedData.slates(folder.resolve("s"), 5, SEED).toString();
    }

    private int of(String data, String... options) {
        List<String> line = new ArrayList<>(List.of("--data", data, "--config", config.toString()));
        line.addAll(List.of(options));
        return run(line.toArray(String[]::new));
    }

    private int run(String... options) {
        List<String> line = new ArrayList<>(List.of("import"));
        line.addAll(List.of(options));
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }
}
