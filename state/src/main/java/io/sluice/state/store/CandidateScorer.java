package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.kernel.Activations;
import io.sluice.state.model.FactorizationKernel;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.sparse.FallbackKeys;

/**
 * Scores the candidates of one request: the request's rows are added up once, each candidate goes
 * on from a copy. O((r + n·c)·k) for r features of the request, c of each of n candidates and k
 * dimensions.
 *
 * <p>The position is neutral: an item is judged by itself, not by where it might stand.
 *
 * <p>Scratch of one call; not thread-safe.
 */
final class CandidateScorer {

    private final FeatureEncoder encoder;
    private final NumberScaling scaling;
    private final NumberCurves curves;
    private final float bias;
    private final FallbackKeys fallback;
    private final ServedRows rows;
    private final PoolInputs inputs;
    private final int idField;

    // -- scratch
    private final FactorizationKernel ofRequest;
    private final FactorizationKernel ofCandidate;
    private final FeatureVector features = new FeatureVector();
    private final FeatureVector expanded = new FeatureVector();
    private final float[] row;
    private boolean rowIsOwn;

    CandidateScorer(View view, ServedRows rows, PoolInputs inputs) {
        this.inputs = inputs;
        idField = view.schema().fieldOfItemId();
        encoder = view.encoder();
        scaling = view.scaling();
        curves = view.curves();
        bias = view.head().bias();
        fallback = view.head().fallback();
        this.rows = rows;
        int dimensions = view.manifest().dimensions();
        ofRequest = new FactorizationKernel(dimensions);
        ofCandidate = new FactorizationKernel(dimensions);
        row = new float[dimensions + 1];
    }

    /** Fills in score, vector and what the ranker asks for of each, as far as time allows. */
    void score(RerankRequest request, ValueReader values, Deadline deadline, Candidates into) {
        ofRequest.reset(bias);
        encoder.appendRequest(
                request.timestamp(),
                request.user(),
                request.context(),
                values.request(request),
                features);
        boolean unused = addTo(ofRequest);
        double numbersOfRequest = curves.add(0, features);
        for (int i = 0; i < into.size() && !deadline.hasPassed(); i++) {
            Candidate item = request.items().get(i);
            StreamedValues streamed = values.item(i, item);
            features.clear();
            encoder.appendItem(
                    item.id(),
                    item.features(),
                    FeatureEncoder.NEUTRAL_POSITION,
                    streamed,
                    features);
            ofCandidate.copyFrom(ofRequest);
            boolean known = addTo(ofCandidate);
            double logit = curves.add(numbersOfRequest, features) + ofCandidate.logit();
            into.score(i, logit, Activations.sigmoid(logit));
            ofCandidate.sumsSince(ofRequest, into.vectors(), into.vectorAt(i));
            inputs.read(i, item, streamed, into);
            if (!known && !inputs.countsEvidence()) {
                into.evidence(i, 0);
            }
        }
    }

    /** Adds the rows of the features; says whether the item's id has one, or none is asked for. */
    private boolean addTo(FactorizationKernel kernel) {
        scaling.expand(features, expanded);
        boolean known = idField == 0;
        for (int i = 0; i < expanded.size(); i++) {
            if (copy(expanded.key(i), expanded.field(i))) {
                kernel.add(row, 0, row.length - 1, expanded.value(i));
            }
            known |= expanded.field(i) == idField && rowIsOwn;
        }
        return known;
    }

    /** The row of the key, or the one that speaks for keys of its field that have none. */
    private boolean copy(long key, int field) {
        rowIsOwn = rows.copy(key, row);
        return rowIsOwn || (fallback != null && rows.copy(fallback.key(key, field), row));
    }
}
