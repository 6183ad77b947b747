package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.Facts;
import java.util.function.Consumer;

/** What slates mean as facts; their outcome counts as known at their own timestamp. */
final class SlateFacts {

    private SlateFacts() {}

    /** Every item was shown, and taken or left. */
    static void of(Slate slate, Consumer<Fact> out) {
        Impression shown = slate.impression();
        long time = shown.timestamp();
        for (ShownItem item : shown.items()) {
            boolean taken = slate.clicked().contains(item.id());
            String kind = taken ? PipelineConfig.TAKEN : PipelineConfig.LEFT;
            out.accept(Facts.shown(shown, item));
            out.accept(Facts.outcome(time, shown, item, taken ? 1 : 0));
            out.accept(Facts.feedback(time, kind, shown, item, Double.NaN));
        }
    }
}
