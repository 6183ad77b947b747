package io.sluice.jobs.replay;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.report.Arm;
import io.sluice.state.model.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A data set through Kafka and the training job, all inside this JVM: the events are written to
 * topics, the job runs on a mini-cluster until it has read them, and what it left on its topics is
 * judged by the same classes as a replay in this thread.
 */
final class FlinkReplay {

    private final EventSource source;
    private final SluiceConfig config;
    private final long limit;
    private final long rows;
    private final PrintWriter err;

    /**
     * A replay that has not started.
     *
     * @param rows how many there will be, about
     */
    FlinkReplay(EventSource source, SluiceConfig config, long limit, long rows, PrintWriter err) {
        this.source = source;
        this.config = config;
        this.limit = limit;
        this.rows = rows;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @param directory empty; may be deleted afterwards
     * @param judged takes every judged prediction
     * @param model file for the model that was published last; empty: none is written
     */
    Run run(ExampleKind kind, Path directory, Judged judged, Optional<Path> model)
            throws IOException {
        say("starting an embedded Kafka");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            SluiceConfig pipeline =
                    PipelineConfig.of(
                            config, kind, kafka.bootstrap(), directory.resolve("checkpoints"));
            Topics.create(pipeline);
            EventFeed.Sent sent = send(pipeline, kind);
            Stopwatch watch = new Stopwatch();
            watch.start();
            train(pipeline);
            watch.stop();
            if (model.isPresent()) {
                new TrainingResult(pipeline).keepModel(model.get());
            }
            return collect(pipeline, judged, sent, watch);
        }
    }

    private EventFeed.Sent send(SluiceConfig pipeline, ExampleKind kind) throws IOException {
        Progress progress = new Progress(err, "replay: sent", rows);
        try (EventSender sender = new EventSender(pipeline)) {
            return new EventFeed(source, pipeline, sender, progress).send(kind, limit);
        }
    }

    private void train(SluiceConfig pipeline) throws IOException {
        say("starting a mini-cluster and the training job");
        Progress progress = new Progress(err, "replay: seconds in the training job", 0);
        long start = System.nanoTime();
        try (TrainingRun run = TrainingRun.start(pipeline, Optional.empty())) {
            run.await(() -> progress.at((System.nanoTime() - start) / 1_000_000_000));
        }
    }

    private Run collect(SluiceConfig pipeline, Judged judged, EventFeed.Sent sent, Stopwatch watch)
            throws IOException {
        say("reading the scores back");
        TrainingResult result = new TrainingResult(pipeline);
        result.scores(judged::add);
        result.alarms(judged::alarm);
        Manifest manifest = result.manifest();
        Map<String, Long> deadLetters = result.deadLetters();
        long aside = deadLetters.values().stream().mapToLong(Long::longValue).sum();
        boolean sampled = pipeline.model().negativeKeepRate() < 1;
        if (!sampled && judged.examples() + aside != sent.examples()) {
            throw new IllegalStateException(
                    "%,d examples were sent, but %,d were judged and %,d set aside %s"
                            .formatted(sent.examples(), judged.examples(), aside, deadLetters));
        }
        Arm.Cost cost =
                new Arm.Cost(
                        manifest.bytes(),
                        pipeline.streaming().features().isEmpty() ? 0 : Arm.Cost.NOT_MEASURED,
                        pipeline.model().memory().reported(),
                        watch.perSecond(judged.examples()),
                        manifest.digest());
        return new Run(judged, sent.rows(), sent.behaviour(), cost, deadLetters);
    }

    private void say(String what) {
        err.println("replay: " + what);
        err.flush();
    }
}
