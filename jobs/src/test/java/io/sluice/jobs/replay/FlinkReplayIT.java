package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the two ways through the learner to each other. */
class FlinkReplayIT {

    private static final long SEED = 20260102;

    @TempDir private Path data;

    @Test
    void givesTheFiguresAndTheDigestOfARunInThisThread() throws IOException {
        GeneratedData.interactions(data, 5000, SEED);
        Path file = data.resolve("interactions.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        for (int at = 100; at < 1000; at += 100) {
            lines.add(at, "nonsense");
        }
        Files.write(file, lines);

        Report inProcess = replay(false);
        Report flink = replay(true);

        assertSame(flink, inProcess);
        assertThat(flink.data().rows()).isEqualTo(5009);
        assertThat(flink.data().examples() + flink.data().deadLetterCount()).isEqualTo(5009);
    }

    @Test
    void givesTheSameForSlates() throws IOException {
        GeneratedData.slates(data, 300, SEED);

        Report inProcess = replay(false);
        Report flink = replay(true);

        assertSame(flink, inProcess);
        assertThat(flink.data().requests()).isEqualTo(300);
        assertThat(flink.data().examples()).isEqualTo(3000);
        assertThat(flink.data().behaviour()).isPositive();
    }

    @Test
    void givesTheSameWithStreamingFeaturesOfEveryKind() throws IOException {
        GeneratedData.interactions(data, 3000, SEED);

        Report plain = replay(false);
        Report inProcess = replay(false, EveryKind.STREAMING);
        Report flink = replay(true, EveryKind.STREAMING);

        assertSame(flink, inProcess);
        assertThat(digest(inProcess)).as("the features are seen").isNotEqualTo(digest(plain));
    }

    @Test
    void givesTheSameForSlatesWithStreamingFeaturesOfEveryKind() throws IOException {
        GeneratedData.slates(data, 300, SEED);

        Report plain = replay(false);
        Report inProcess = replay(false, EveryKind.STREAMING);
        Report flink = replay(true, EveryKind.STREAMING, "train.parallelism=2");

        assertSame(flink, inProcess);
        assertThat(digest(inProcess)).as("the features are seen").isNotEqualTo(digest(plain));
    }

    /** The clock shows minutes. */
    @Test
    void givesTheSameWhereRowsOfEqualTimeFollowOneAnother() throws IOException {
        GeneratedData.interactions(data, 2000, SEED);
        Path file = data.resolve("interactions.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        for (int row = 1; row < lines.size(); row++) {
            int comma = lines.get(row).indexOf(',');
            long time = Long.parseLong(lines.get(row).substring(0, comma));
            lines.set(row, time / 60_000 * 60_000 + lines.get(row).substring(comma));
        }
        Files.write(file, lines);

        Report coarse = replay(false, EveryKind.STREAMING);
        Report inProcess = replay(false, EveryKind.STREAMING, "examples.ordered=true");
        Report flink = replay(true, EveryKind.STREAMING, "examples.ordered=true");

        assertSame(flink, inProcess);
        assertThat(digest(inProcess)).isNotEqualTo(digest(coarse));
    }

    private static String digest(Report report) {
        return report.arms().get(0).cost().digest();
    }

    private static void assertSame(Report found, Report expected) {
        assertThat(found.data()).isEqualTo(expected.data());
        for (int i = 0; i < expected.arms().size(); i++) {
            Arm arm = found.arms().get(i);
            Arm other = expected.arms().get(i);
            assertThat(arm.overall()).isEqualTo(other.overall());
            assertThat(arm.last20()).isEqualTo(other.last20());
            assertThat(arm.slates()).isEqualTo(other.slates());
            assertThat(arm.slatesLast20()).isEqualTo(other.slatesLast20());
            assertThat(arm.windows()).isEqualTo(other.windows());
            assertThat(arm.cost().digest()).isEqualTo(other.cost().digest());
        }
    }

    private Report replay(boolean flink, String... settings) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Replay.run(
                new ReplayRequest(
                        Optional.empty(),
                        loader -> loader.set(List.of(settings)),
                        data,
                        Optional.empty(),
                        Long.MAX_VALUE,
                        flink,
                        Optional.empty(),
                        Optional.empty(),
                        "test"),
                nowhere,
                nowhere);
    }
}
