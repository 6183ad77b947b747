package io.sluice.jobs.scorer;

import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.rank.ShortlistScorer;
import java.util.concurrent.TimeUnit;

/** What the configuration says of a scorer, whichever it is: how many, and for how long. */
abstract class ConfiguredScorer implements ShortlistScorer {

    private final ScorerConfig config;

    ConfiguredScorer(ScorerConfig config) {
        this.config = config;
    }

    final ScorerConfig config() {
        return config;
    }

    @Override
    public final int last() {
        return config.last();
    }

    @Override
    public final Deadline allowed() {
        return Deadline.at(
                System::nanoTime,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.timeoutMs()));
    }
}
