package io.sluice.state.rank;

import io.sluice.state.event.RerankRequest;

/**
 * IRanker's loop (arXiv 2506.21638): while more than one is left, a scorer says who is the least
 * likely, and that one goes. Tried on the first places of an order that was made otherwise, since
 * it takes n − 1 questions for n.
 *
 * <p>When the scorer has no answer, who is left keeps the order so far; whom it has excluded before
 * stays behind. O(n²) scores. Thread-safe when the scorer is.
 */
final class IterativeExclusion {

    private final ShortlistScorer scorer;

    IterativeExclusion(ShortlistScorer scorer) {
        this.scorer = scorer;
    }

    /**
     * Puts the first {@code count} of an order in another one.
     *
     * @param order indices into the candidates, the best first
     * @param deadline of the request; the scorer's own may be sooner
     * @return why it was not finished; null when it was
     */
    ScorerFaultException run(
            RerankRequest request,
            Candidates candidates,
            int[] order,
            int count,
            Deadline deadline) {
        Deadline until = deadline.sooner(scorer.allowed());
        int[] left = new int[count];
        System.arraycopy(order, 0, left, 0, count);
        float[] scores = new float[count];
        ScorerFaultException fault = null;
        int remaining = count;
        while (remaining > 1 && fault == null) {
            fault = score(request, candidates, left, remaining, scores, until);
            if (fault == null) {
                int least = least(scores, remaining);
                remaining--;
                order[remaining] = left[least];
                System.arraycopy(left, least + 1, left, least, remaining - least);
            }
        }
        System.arraycopy(left, 0, order, 0, remaining);
        return fault;
    }

    private ScorerFaultException score(
            RerankRequest request,
            Candidates candidates,
            int[] left,
            int count,
            float[] scores,
            Deadline until) {
        if (until.hasPassed()) {
            return new ScorerFaultException(
                    ScorerFaultException.Fault.SCORER_TIMEOUT,
                    "%d candidates were left when the time was over".formatted(count));
        }
        try {
            scorer.score(request, candidates, left, count, scores, until);
        } catch (ScorerFaultException e) {
            return e;
        }
        for (int i = 0; i < count; i++) {
            if (Float.isNaN(scores[i])) {
                return new ScorerFaultException(
                        ScorerFaultException.Fault.SCORER_UNREADABLE,
                        "a score of '%s' is NaN".formatted(candidates.id(left[i])));
            }
        }
        return null;
    }

    private static int least(float[] scores, int count) {
        int least = 0;
        for (int i = 1; i < count; i++) {
            least = scores[i] <= scores[least] ? i : least;
        }
        return least;
    }
}
