package io.sluice.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.cli.SluiceCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DriftFolderTest {

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theSameStreamGivesTheSameBytes() throws IOException {
        new DriftFolder(DriftKind.DELAY, 500, 3).write(folder.resolve("a"));
        new DriftFolder(DriftKind.DELAY, 500, 3).write(folder.resolve("b"));

        for (String name : new String[] {"interactions", "items", "users"}) {
            assertThat(folder.resolve("a").resolve(name + ".csv.gz"))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(name + ".csv.gz"));
        }
    }

    @Test
    void doesNotWriteOverWhatIsThere() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "kept");

        assertThatThrownBy(() -> new DriftFolder(DriftKind.STEADY, 10, 1).write(folder))
                .hasMessage("--out must be a folder that is new or empty, found " + folder);
    }

    @Test
    void aReplayOfItSaysHowFarItStayedBehindTheTruth() throws IOException {
        String data = folder.resolve("data").toString();
        assertThat(run("generate --kind sudden --events 8000 --seed 5 --out " + data)).isZero();
        String json = folder.resolve("r.json").toString();

        int code = run("replay --data %s --set model.dimensions=4 --json %s".formatted(data, json));

        assertThat(code).as(err.toString()).isZero();
        JsonNode arms = new ObjectMapper().readTree(Path.of(json).toFile()).path("arms");
        JsonNode drift = arms.at("/default/drift");
        JsonNode change = drift.at("/changes/0");
        assertThat(change.path("row").intValue()).isEqualTo(4000);
        assertThat(change.path("jump").doubleValue()).isBetween(0.05, 0.4);
        assertThat(drift.path("excess").doubleValue()).isBetween(0.02, 0.4);
        assertThat(arms.at("/prior").has("drift")).isFalse();
        assertThat(out.toString()).contains("behind the truth", "  phase 1");
    }

    @Test
    void refusesAKindThatThereIsNot() {
        assertThat(run("generate --kind odd --out x")).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--kind must be one of steady, sudden", "'odd'");
    }

    private int run(String line) {
        CommandLine command = SluiceCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(line.split(" "));
    }
}
