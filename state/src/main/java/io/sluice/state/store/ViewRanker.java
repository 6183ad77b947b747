package io.sluice.state.store;

import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.model.Manifest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Ranker;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Answers rerank requests from a view.
 *
 * <p>There is always an answer. Where the view cannot score, the candidates keep the order in which
 * they were listed, explored as usual, and the reply says why: {@link #NO_MODEL}, {@link #DEADLINE}
 * (some or all candidates unscored), {@link #STORE_FAILED}. Thread-safe.
 */
public final class ViewRanker {

    /** Nothing was published yet, or nothing that this view has read. */
    public static final String NO_MODEL = "NO_MODEL";

    /** The deadline passed before all candidates were scored. */
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
        ScoredRequest scored;
        String degraded;
        try {
            scored = model.score(request, deadline);
            degraded = degradation(scored.manifest(), scored.scores());
        } catch (UncheckedIOException e) {
            scored = unscored(request);
            degraded = STORE_FAILED;
        }
        List<RankedItem> items = ranker.rank(request, scored.scores());
        Manifest manifest = scored.manifest();
        String version = manifest == null ? "" : manifest.version().toString();
        long eventTime = manifest == null ? 0 : Math.max(0, manifest.eventTime());
        return new RankedRequest(
                new RerankReply(request.request(), version, eventTime, items, degraded),
                scored.values(),
                scored.memory());
    }

    private static ScoredRequest unscored(RerankRequest request) {
        double[] scores = new double[request.items().size()];
        Arrays.fill(scores, Double.NaN);
        return new ScoredRequest(null, scores, SlateValues.NONE, SlateMemory.NONE);
    }

    private static String degradation(Manifest manifest, double[] scores) {
        if (manifest == null) {
            return NO_MODEL;
        }
        return Double.isNaN(scores[scores.length - 1]) ? DEADLINE : null;
    }
}
