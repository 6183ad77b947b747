package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.report.Report;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.Facts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay of rows of equal time that follow one another. */
class OrderedRowsTest {

    private static final long START = 1_600_000_000_000L;
    private static final int RUN = 8;
    private static final int ROWS = 100 * RUN;
    private static final String STREAMING =
            "streaming=[{name: liked, kind: rate, scope: [user]}, {name: seen, kind: count, scope: [user]}]";

    @TempDir private Path folder;

    @Test
    void isAReplayOfTheirMomentsWrittenOut() throws IOException {
        write(-1, false);
        Report declared = replay("examples.ordered=true");
        Report undeclared = replay();
        write(-1, true);
        Report written = replay();

        assertThat(digest(declared)).isEqualTo(digest(written)).isNotEqualTo(digest(undeclared));
        assertThat(declared.arms().get(0).overall()).isEqualTo(written.arms().get(0).overall());
    }

    /** The label of one row is changed, in the middle of a run of equal time. */
    @Test
    void aRowKnowsTheRowsAboveItAndNotItsOwnLabel() throws IOException {
        int changed = 50 * RUN + 3;
        write(-1, false);
        List<List<Double>> plain = values(true);
        List<List<Double>> blind = values(false);
        write(changed, false);
        List<List<Double>> other = values(true);

        assertThat(other.subList(0, changed + 1)).isEqualTo(plain.subList(0, changed + 1));
        assertThat(other.get(changed + 1)).isNotEqualTo(plain.get(changed + 1));
        assertThat(blind.subList(0, RUN)).containsOnly(blind.get(0));
        for (int row = 0; row < RUN; row++) {
            assertThat(plain.get(row).get(1)).as("rows above row %d", row).isEqualTo(row);
        }
        // Undeclared, rows of one time don't see the change; those of the next do.
        List<List<Double>> otherBlind = values(false);
        int next = 51 * RUN;
        assertThat(otherBlind.subList(0, next)).isEqualTo(blind.subList(0, next));
        assertThat(otherBlind.get(next)).isNotEqualTo(blind.get(next));
    }

    /** All rows are of one user; a run a second. */
    private void write(int changed, boolean spaced) {
        Random random = new Random(11);
        StringBuilder out = new StringBuilder("timestamp,user,item,label\n");
        for (int row = 0; row < ROWS; row++) {
            int label = random.nextInt(2);
            long time = START + 1000L * (row / RUN) + (spaced ? row % RUN : 0);
            out.append(time).append(",u,i").append(random.nextInt(9)).append(',');
            out.append(row == changed ? 1 - label : label).append('\n');
        }
        GeneratedData.write(folder.resolve("interactions.csv"), out.toString());
    }

    /** What streaming features say of each row. */
    private List<List<Double>> values(boolean ordered) throws IOException {
        ReplayConfig config =
                ReplayConfig.of(
                        request("examples.ordered=" + ordered), Long.MAX_VALUE / 2, note -> {});
        ReplaySettings settings = config.settings(Long.MAX_VALUE);
        AsOfEncoder encoder = new AsOfEncoder(settings.features());
        List<List<Double>> values = new ArrayList<>();
        try (EventReader<Interaction> events =
                new EventSource(config.data(), settings, DeadLetterBox.IGNORED).interactions()) {
            for (Interaction event = events.next(); event != null; event = events.next()) {
                encoder.request(event.timestamp(), event.user(), event.context());
                encoder.item(event.item(), event.features());
                StreamedValues said = encoder.values();
                values.add(List.of(said.number(0), said.number(1)));
                encoder.add(Facts.of(event, true));
            }
        }
        return values;
    }

    private static String digest(Report report) {
        return report.arms().get(0).cost().digest();
    }

    private Report replay(String... settings) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Replay.run(request(settings), nowhere, nowhere);
    }

    private ReplayRequest request(String... settings) {
        return new ReplayRequest(
                Optional.empty(),
                loader -> loader.set(STREAMING).set(List.of(settings)),
                folder,
                Optional.empty(),
                Long.MAX_VALUE,
                false,
                Optional.empty(),
                Optional.empty(),
                "test");
    }
}
