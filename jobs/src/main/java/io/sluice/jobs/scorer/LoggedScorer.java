package io.sluice.jobs.scorer;

import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.ScorerFaultException;
import io.sluice.state.rank.ShortlistScorer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the first fault of another scorer, and again the first after it has answered. */
final class LoggedScorer implements ShortlistScorer {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedScorer.class);

    private final ShortlistScorer scorer;
    private final AtomicBoolean failing = new AtomicBoolean();

    LoggedScorer(ShortlistScorer scorer) {
        this.scorer = scorer;
    }

    @Override
    public String name() {
        return scorer.name();
    }

    @Override
    public int last() {
        return scorer.last();
    }

    @Override
    public Deadline allowed() {
        return scorer.allowed();
    }

    @Override
    public void score(
            RerankRequest request,
            Candidates candidates,
            int[] left,
            int count,
            float[] scores,
            Deadline deadline)
            throws ScorerFaultException {
        try {
            scorer.score(request, candidates, left, count, scores, deadline);
            failing.set(false);
        } catch (ScorerFaultException e) {
            if (!failing.getAndSet(true)) {
                LOG.warn("{}: {}; ranking goes on without it", e.fault(), e.getMessage());
            }
            throw e;
        }
    }
}
