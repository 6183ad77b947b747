package io.sluice.jobs.topology;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.encode.EncodeFunction;
import io.sluice.operators.train.LearnConfig;
import io.sluice.state.join.AttributionConfig;
import io.sluice.state.join.RepetitionRule;
import java.util.HashMap;
import java.util.Map;

/** The operators' settings out of the configuration. */
final class TrainingSettings {

    private TrainingSettings() {}

    /** How feedback is attributed; clocks may differ by {@code feedback.aheadMs}. */
    static AttributionConfig attribution(SluiceConfig config) {
        Map<String, AttributionConfig.Kind> kinds = new HashMap<>();
        config.feedback()
                .kinds()
                .forEach(
                        (name, kind) ->
                                kinds.put(
                                        name,
                                        new AttributionConfig.Kind(kind.label(), kind.windowMs())));
        return new AttributionConfig(
                kinds, config.feedback().aheadMs(), config.feedback().open().patience());
    }

    /** How long interactions are remembered. */
    static RepetitionRule repetitions(SluiceConfig config) {
        return new RepetitionRule(config.examples().repeatMs());
    }

    /** How what the join found is encoded. */
    static EncodeFunction encoder(SluiceConfig config) {
        return new EncodeFunction(
                config.schema(),
                config.rank().learn(),
                config.rank().group(),
                config.feedback().open());
    }

    /** How the learner is driven. */
    static LearnConfig learner(SluiceConfig config) {
        return new LearnConfig(
                config.model(),
                config.memory(),
                config.drift(),
                config.schema(),
                config.train().order(),
                config.publish().intervalMs(),
                config.rank().elimination());
    }
}
