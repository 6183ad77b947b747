package io.sluice.state.store;

import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.model.Manifest;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.Ranking;
import java.io.UncheckedIOException;

/**
 * Answers rerank requests from a view.
 *
 * <p>There is always an answer. Where the view cannot score, the candidates keep the order in which
 * they were listed, explored as usual, and the reply says why: {@link #NO_MODEL}, {@link #DEADLINE}
 * (some or all candidates unscored, or rounds cut), {@link #STORE_FAILED}, or why who has the last
 * word did not have it ({@link io.sluice.state.rank.ScorerFaultException.Fault}). Thread-safe.
 */
public final class ViewRanker {

    /** Nothing was published yet, or nothing that this view has read. */
    public static final String NO_MODEL = "NO_MODEL";

    /** The deadline passed before all candidates were scored and put in order. */
    public static final String DEADLINE = "DEADLINE";

    /** The store of the view could not be read. */
    public static final String STORE_FAILED = "STORE_FAILED";

    private final ServedModel model;
    private final Ranker ranker;

    /** Answers from this view by this ranker. */
    public ViewRanker(ServedModel model, Ranker ranker) {
        this.model = model;
        this.ranker = ranker;
    }

    /** Answers one request. */
    public RankedRequest rank(RerankRequest request, Deadline deadline) {
        Candidates candidates = ranker.candidates();
        ScoredRequest scored;
        String degraded;
        try {
            scored = model.score(request, ranker.config(), candidates, deadline);
            degraded = degradation(scored.manifest(), candidates);
        } catch (UncheckedIOException e) {
            scored = unscored(request, candidates);
            degraded = STORE_FAILED;
        }
        Ranking ranking = ranker.rank(request, candidates, scored.head(), deadline);
        if (degraded == null && !ranking.complete()) {
            degraded = DEADLINE;
        }
        if (degraded == null && ranking.fault() != null) {
            degraded = ranking.fault().name();
        }
        Manifest manifest = scored.manifest();
        String version = manifest == null ? "" : manifest.version().toString();
        long eventTime = manifest == null ? 0 : Math.max(0, manifest.eventTime());
        return new RankedRequest(
                new RerankReply(
                        request.request(),
                        version,
                        eventTime,
                        ranking.items(),
                        degraded,
                        ranking.policy(),
                        ranking.unsatisfied()),
                ranking.places(),
                scored.values(),
                scored.memory());
    }

    private static ScoredRequest unscored(RerankRequest request, Candidates candidates) {
        candidates.reset(request.items().size(), 0);
        for (int i = 0; i < candidates.size(); i++) {
            candidates.name(i, request.items().get(i).id());
        }
        return ScoredRequest.unscored(candidates, SlateValues.NONE);
    }

    private static String degradation(Manifest manifest, Candidates candidates) {
        if (manifest == null) {
            return NO_MODEL;
        }
        return candidates.isScored(candidates.size() - 1) ? null : DEADLINE;
    }
}
