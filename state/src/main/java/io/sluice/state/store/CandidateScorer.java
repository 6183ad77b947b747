package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.ScaledNumbers;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.kernel.Activations;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.model.FactorizationKernel;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.model.TowerTerm;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;

/**
 * Scores the candidates of one request: the request's rows are added up once, each candidate goes
 * on from a copy. O((r + n·c)·k) for r features of the request, c of each of n candidates and k
 * dimensions, and where there is a tower one pass through it for each candidate.
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
    private final ServedRows rows;
    private final ErrorMemory memory; // null: none
    private final PoolInputs inputs;
    private final int idField;

    // -- scratch
    private final FactorizationKernel ofRequest;
    private final FactorizationKernel ofCandidate;
    private final FeatureVector features = new FeatureVector();
    private final ScaledNumbers numbers = new ScaledNumbers();
    private final FeatureVector expanded = new FeatureVector();
    private final TowerTerm towerOfRequest; // null: no tower
    private final TowerTerm towerOfCandidate;
    private final FeatureVector requested = new FeatureVector();
    private final FeatureVector whole = new FeatureVector();
    private final MemoryReading reading = new MemoryReading();
    private SlateMemory remembered = SlateMemory.NONE;
    private final float[] row;

    CandidateScorer(View view, ServedRows rows, ErrorMemory memory, PoolInputs inputs) {
        this.inputs = inputs;
        idField = view.schema().fieldOfItemId();
        encoder = view.encoder();
        scaling = view.scaling();
        curves = view.curves();
        bias = view.head().bias();
        this.rows = rows;
        this.memory = memory;
        int dimensions = view.manifest().dimensions();
        ofRequest = new FactorizationKernel(dimensions);
        ofCandidate = new FactorizationKernel(dimensions);
        towerOfRequest = tower(view);
        towerOfCandidate = tower(view);
        row = new float[dimensions + 1];
    }

    private static TowerTerm tower(View view) {
        return view.tower() == null
                ? null
                : new TowerTerm(view.tower(), view.schema().fields(), view.manifest().dimensions());
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
        boolean unused = addTo(ofRequest, towerOfRequest);
        double numbersOfRequest = curves.add(0, numbers);
        if (memory != null) {
            requested.addAll(features);
            remembered = new SlateMemory(into.size(), memory.voices(), request.explain());
        }
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
            if (towerOfCandidate != null) {
                towerOfCandidate.copyFrom(towerOfRequest);
            }
            boolean known = addTo(ofCandidate, towerOfCandidate);
            say(i, curves.add(numbersOfRequest, numbers) + ofModel(), request.timestamp(), into);
            ofCandidate.sumsSince(ofRequest, into.vectors(), into.vectorAt(i));
            inputs.read(i, item, streamed, into);
            if (!known && !inputs.countsEvidence()) {
                into.evidence(i, 0);
            }
        }
    }

    private float ofModel() {
        float logit = ofCandidate.logit();
        return towerOfCandidate == null ? logit : logit + towerOfCandidate.logit();
    }

    /** The score of a candidate, by model and memory. */
    private void say(int item, double logit, long time, Candidates into) {
        double base = Activations.sigmoid(logit);
        if (memory == null) {
            into.score(item, logit, base);
            return;
        }
        whole.clear();
        whole.addAll(requested);
        whole.addAll(features);
        reading.begin(memory.voices(), logit, base);
        memory.read(whole, ofCandidate.sums(), time, reading);
        remembered.keep(item, reading, memory);
        into.score(item, Activations.logit(reading.probability()), reading.probability());
    }

    /** What memory did to each candidate. */
    SlateMemory remembered() {
        return remembered;
    }

    /**
     * Adds the rows of the features, and leaves their numbers scaled; says whether the item's id
     * has one, or none is asked for.
     */
    private boolean addTo(FactorizationKernel kernel, TowerTerm tower) {
        scaling.scale(features, numbers);
        scaling.expand(features, numbers, expanded);
        boolean known = idField == 0;
        for (int i = 0; i < expanded.size(); i++) {
            boolean isThere = rows.copy(expanded.key(i), row);
            if (isThere) {
                kernel.add(row, 0, row.length - 1, expanded.value(i));
                if (tower != null) {
                    tower.add(expanded.field(i), row, 0, row.length - 1, expanded.value(i));
                }
            }
            known |= expanded.field(i) == idField && isThere;
        }
        return known;
    }
}
