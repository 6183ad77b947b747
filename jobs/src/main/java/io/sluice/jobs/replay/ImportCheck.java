package io.sluice.jobs.replay;

import io.sluice.jobs.config.ExamplesConfig;
import io.sluice.jobs.config.FeedbackKind;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.check.Checks;
import java.util.Map;

/** Whether a pipeline learns from the examples of a data set; asked before Kafka is. */
final class ImportCheck {

    private ImportCheck() {}

    /**
     * Refuses examples that the pipeline would pass over or set aside.
     *
     * @throws IllegalArgumentException naming the setting, what was found and what is expected
     */
    static void check(SluiceConfig pipeline, ExampleKind kind) {
        boolean slates = kind == ExampleKind.SLATES;
        Checks.that(
                pipeline.readsImpressions() == slates,
                "examples.source",
                "%s for a history of %s"
                        .formatted(
                                word(
                                        slates
                                                ? ExamplesConfig.Source.IMPRESSIONS
                                                : ExamplesConfig.Source.INTERACTIONS),
                                kind.word()),
                word(pipeline.examples().source())
                        + "; the jobs would not learn from it. Change the setting, or choose the"
                        + " file with --examples");
        int negatives = pipeline.examples().negatives();
        Checks.that(
                negatives == 0,
                "examples.negatives",
                "0 for a pipeline that goes live, since negatives are drawn in replays only",
                negatives);
        long delay = pipeline.examples().delayMs();
        Checks.that(
                delay == 0,
                "examples.delayMs",
                "0 for a pipeline that goes live, since labels are held back in replays only",
                delay);
        if (slates) {
            checkFeedback(pipeline.feedback().kinds());
        }
    }

    private static String word(ExamplesConfig.Source source) {
        return source == ExamplesConfig.Source.IMPRESSIONS ? "impressions" : "interactions";
    }

    private static void checkFeedback(Map<String, FeedbackKind> kinds) {
        FeedbackKind taken = kinds.get(PipelineConfig.TAKEN);
        Checks.that(
                taken != null && taken.label() == 1,
                "feedback.kinds",
                "a map with %s of label 1, by which the clicked items of slates are sent"
                        .formatted(PipelineConfig.TAKEN),
                taken == null ? kinds.keySet() : PipelineConfig.TAKEN + " of label 0");
        FeedbackKind left = kinds.get(PipelineConfig.LEFT);
        Checks.that(
                left == null || left.label() == 0,
                "feedback.kinds." + PipelineConfig.LEFT + ".label",
                "0, since it is sent for the other items of slates",
                left == null ? "" : left.label());
    }
}
