package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.replay.dataset.DataFolder;
import io.sluice.jobs.replay.dataset.DataLimits;
import io.sluice.jobs.replay.dataset.DataSet;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.report.Arm;
import io.sluice.state.model.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash in the middle of the training job must not show in anything that it leaves. */
class KilledReplayIT {

    private static final int ROWS = 60_000;
    private static final int STREAMING_ROWS = 20_000;
    private static final long SEED = 20260103;
    private static final int WINDOW = 1000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 20_000_000;
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    @TempDir private Path folder;
    private SluiceConfig config;
    private EventSource source;

    private void prepare(int rows, String streaming) throws IOException {
        Path data = GeneratedData.interactions(folder.resolve("data"), rows, SEED);
        config =
                new ConfigLoader()
                        .set("examples.source=interactions")
                        .set(
                                "features=[{name: user, source: user, type: id},"
                                        + " {name: item, source: item, type: id},"
                                        + " {name: age, source: context.age, type: category},"
                                        + " {name: tags, source: features.tags, type: categories,"
                                        + " separator: '|'}]")
                        .set(streaming)
                        .set("train.checkpointIntervalMs=100")
                        .set("topics.partitions=3")
                        .load();
        DataLimits limits = new DataLimits(0, Long.MAX_VALUE, 1 << 20, 1000, 200, 4096, 1000);
        DataSet set =
                DataSet.open(
                        DataFolder.open(data),
                        Optional.of(ExampleKind.INTERACTIONS),
                        limits,
                        false);
        source = new EventSource(set, settings(), DeadLetterBox.IGNORED);
    }

    private ReplaySettings settings() {
        return new ReplaySettings(
                config.schema(),
                config.model(),
                config.memory(),
                config.drift(),
                config.rank(),
                Double.NaN,
                DelayedLabels.NONE,
                0,
                Long.MAX_VALUE);
    }

    @Test
    void aJobThatWasKilledAndRestoredLeavesWhatAnUnharmedOneWouldHave() throws IOException {
        prepare(ROWS, "streaming=[]");

        killAndCompare(ROWS);
    }

    @Test
    void streamingFeaturesOfEveryKindAreThoseOfAnUnharmedRun() throws IOException {
        prepare(STREAMING_ROWS, EveryKind.STREAMING);

        killAndCompare(STREAMING_ROWS);
    }

    private void killAndCompare(int rows) throws IOException {
        Run expected =
                new InProcessReplay(source, settings(), new Progress(NOWHERE, "", 0))
                        .run(ExampleKind.INTERACTIONS, new Judged(false));

        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Path checkpoints = folder.resolve("checkpoints");
            SluiceConfig pipeline =
                    PipelineConfig.of(
                            config, ExampleKind.INTERACTIONS, kafka.bootstrap(), checkpoints);
            Topics.create(pipeline);
            send(pipeline);
            TrainingResult result = new TrainingResult(pipeline);

            long learntBefore = runAndKill(pipeline, result, checkpoints);
            String checkpoint = newestCheckpoint(checkpoints).orElseThrow().toUri().toString();
            try (TrainingRun second = TrainingRun.start(pipeline, Optional.of(checkpoint))) {
                second.await(() -> {});
            }

            assertThat(learntBefore).isBetween(1L, rows - 1L);
            Judged judged = new Judged(false);
            result.scores(judged::add);
            assertThat(judged.examples()).isEqualTo(rows);
            assertThat(result.deadLetters()).isEmpty();
            Manifest last = result.manifest();
            assertThat(last.version().epoch()).isEqualTo(2);
            assertThat(last.digest()).isEqualTo(expected.cost().digest());
            Arm found = judged.arms(WINDOW, expected.cost()).get(0);
            Arm whole = expected.judged().arms(WINDOW, expected.cost()).get(0);
            assertThat(found.overall()).isEqualTo(whole.overall());
            assertThat(found.last20()).isEqualTo(whole.last20());
            assertThat(found.windows()).isEqualTo(whole.windows());
        }
    }

    private void send(SluiceConfig pipeline) throws IOException {
        try (EventSender sender = new EventSender(pipeline)) {
            new EventFeed(source, pipeline, sender, new Progress(NOWHERE, "", 0))
                    .send(ExampleKind.INTERACTIONS, Long.MAX_VALUE);
        }
    }

    /** Kills the job after a checkpoint that holds a part of the examples; how many, about. */
    private static long runAndKill(SluiceConfig pipeline, TrainingResult result, Path checkpoints)
            throws IOException {
        try (TrainingRun first = TrainingRun.start(pipeline, Optional.empty())) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            Manifest seen = result.manifest();
            while (seen == null || seen.examples() == 0) {
                assertThat(System.nanoTime()).as("nothing was learnt").isLessThan(deadline);
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                seen = result.manifest();
            }
            long before = number(newestCheckpoint(checkpoints));
            while (number(newestCheckpoint(checkpoints)) <= before) {
                assertThat(System.nanoTime()).as("no checkpoint was made").isLessThan(deadline);
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
            long learnt = result.manifest().examples();
            assertThat(first.isRunning()).as("the job was killed before its end").isTrue();
            return learnt;
        }
    }

    private static long number(Optional<Path> checkpoint) {
        return checkpoint
                .map(path -> Long.parseLong(path.getFileName().toString().substring(4)))
                .orElse(-1L);
    }

    /** The newest completed one: it has its metadata. */
    private static Optional<Path> newestCheckpoint(Path checkpoints) throws IOException {
        if (!Files.isDirectory(checkpoints)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(checkpoints, 2, (path, is) -> true)) {
            List<Path> complete =
                    files.filter(path -> path.getFileName().toString().startsWith("chk-"))
                            .filter(path -> Files.exists(path.resolve("_metadata")))
                            .toList();
            return complete.stream()
                    .max(Comparator.comparingLong(path -> number(Optional.of(path))));
        }
    }
}
