package io.sluice.jobs.replay;

import io.sluice.jobs.config.ExamplesConfig;
import io.sluice.jobs.config.FeedbackConfig;
import io.sluice.jobs.config.FeedbackKind;
import io.sluice.jobs.config.KafkaConfig;
import io.sluice.jobs.config.ScoresConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TrainConfig;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.learner.OpenWindow;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a configuration becomes when its pipeline runs on a data set instead of live traffic. */
final class PipelineConfig {

    /** A slot that was taken. */
    static final String TAKEN = "click";

    /** A slot that was seen and left: a negative that is known at once. */
    static final String LEFT = "skip";

    private static final long WINDOW_MS = 600_000;

    private PipelineConfig() {}

    /**
     * The same learner, with another broker around it.
     *
     * @param bootstrap of the embedded broker
     * @param checkpoints where checkpoints go
     */
    static SluiceConfig of(
            SluiceConfig given, ExampleKind kind, String bootstrap, Path checkpoints) {
        boolean slates = kind == ExampleKind.SLATES;
        return new SluiceConfig(
                given.name(),
                given.seed(),
                KafkaConfig.at(bootstrap),
                given.topics(),
                new ExamplesConfig(
                        slates
                                ? ExamplesConfig.Source.IMPRESSIONS
                                : ExamplesConfig.Source.INTERACTIONS,
                        given.examples().labelThreshold(),
                        given.examples().repeatMs(),
                        given.examples().ordered(),
                        given.examples().delayMs(),
                        given.examples().positiveDelayMs(),
                        given.examples().negatives()),
                given.limits(),
                given.features(),
                given.streaming(),
                slates ? outcomes(given.feedback()) : given.feedback(),
                train(given.train(), checkpoints),
                given.model(),
                given.memory(),
                given.drift(),
                given.rank(),
                given.publish(),
                new ScoresConfig(given.scores().windowExamples(), ScoresConfig.Detail.EXAMPLES),
                given.serve(),
                given.rerank());
    }

    /** Each slot of a slate comes with its outcome, so nothing has to be waited for or assumed. */
    private static FeedbackConfig outcomes(FeedbackConfig given) {
        return new FeedbackConfig(
                Map.of(TAKEN, new FeedbackKind(1, WINDOW_MS), LEFT, new FeedbackKind(0, WINDOW_MS)),
                given.aheadMs(),
                OpenWindow.Rule.AS_KNOWN,
                given.patience());
    }

    private static TrainConfig train(TrainConfig given, Path checkpoints) {
        return new TrainConfig(
                given.order(),
                given.outOfOrdernessMs(),
                given.idleMs(),
                given.watermarkIntervalMs(),
                given.parallelism(),
                given.maxParallelism(),
                given.checkpointIntervalMs(),
                Optional.of(checkpoints.toUri().toString()),
                given.transactionTimeoutMs());
    }
}
