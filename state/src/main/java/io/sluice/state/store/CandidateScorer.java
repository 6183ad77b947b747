package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.ScaledNumbers;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.ReadAhead;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.memory.SharedReading;
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
 * <p>Candidates come in batches: the rows of a batch are all looked up before the first is read.
 * The deadline is looked at before each candidate, so at most one batch is scored behind it.
 *
 * <p>The position is neutral: an item is judged by itself, not by where it might stand.
 *
 * <p>Scratch of one thread, for any number of requests to one view; not thread-safe.
 */
final class CandidateScorer {

    private static final int BATCH = 32;

    private final FeatureEncoder encoder;
    private final NumberScaling scaling;
    private final NumberCurves curves;
    private final float bias;
    private final ServedRows rows;
    private final ErrorMemory memory; // null: none
    private final PoolInputs inputs;
    private final int idField;
    private final int dimensions;

    // -- scratch
    private final FactorizationKernel ofRequest;
    private final FactorizationKernel ofCandidate;
    private final TowerTerm towerOfRequest; // null: no tower
    private final TowerTerm towerOfCandidate;
    private final SharedReading shared = new SharedReading();
    private final Encoded requested = new Encoded(shared);
    private final Encoded[] batch = new Encoded[BATCH];
    private final ScaledNumbers numbers = new ScaledNumbers();
    private final RowPlaces places;
    private final ReadAhead ahead = new ReadAhead();
    private SlateMemory remembered = SlateMemory.NONE;

    /** The features of a request, or of one candidate. */
    private static final class Encoded {

        final MemoryReading reading;
        final EncodedItem.Scratch unknown = new EncodedItem.Scratch(); // for what nobody remembers
        final FeatureVector features = new FeatureVector();
        final FeatureVector expanded = new FeatureVector();
        double ofNumbers; // what the curves add, for a candidate with those of the request

        Encoded(SharedReading shared) {
            reading = new MemoryReading(shared);
        }
    }

    CandidateScorer(View view, ServedRows rows, ErrorMemory memory, PoolInputs inputs) {
        this.inputs = inputs;
        idField = view.schema().fieldOfItemId();
        encoder = view.encoder();
        scaling = view.scaling();
        curves = view.curves();
        bias = view.head().bias();
        this.rows = rows;
        this.memory = memory;
        dimensions = view.manifest().dimensions();
        ofRequest = new FactorizationKernel(dimensions);
        ofCandidate = new FactorizationKernel(dimensions);
        towerOfRequest = tower(view);
        towerOfCandidate = tower(view);
        places = new RowPlaces(dimensions + 1);
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new Encoded(shared);
        }
    }

    private static TowerTerm tower(View view) {
        return view.tower() == null
                ? null
                : new TowerTerm(view.tower(), view.schema().fields(), view.manifest().dimensions());
    }

    /** Fills in score, vector and what the ranker asks for of each, as far as time allows. */
    void score(RerankRequest request, ValueReader values, Deadline deadline, Candidates into) {
        remembered =
                memory == null
                        ? SlateMemory.NONE
                        : new SlateMemory(into.size(), memory.voices(), request.explain());
        scoreRequest(request, values.request(request));
        int next = 0;
        int count = BATCH;
        while (next < into.size() && count == BATCH) {
            count = encode(request, next, values, deadline, into);
            rows.find(places);
            if (memory != null) {
                ask(count);
            }
            int place = 0;
            for (int i = 0; i < count; i++) {
                place = score(next + i, batch[i], place, request.timestamp(), into);
            }
            next += count;
        }
    }

    private void scoreRequest(RerankRequest request, StreamedValues streamed) {
        FeatureVector features = requested.features;
        features.clear();
        encoder.appendRequest(
                request.timestamp(), request.user(), request.context(), streamed, features);
        if (memory != null) {
            memory.share(features, shared);
        }
        places.clear();
        expand(requested, 0);
        rows.find(places);
        ofRequest.reset(bias);
        if (towerOfRequest != null) {
            towerOfRequest.reset();
        }
        boolean unused = add(requested.expanded, 0, ofRequest, towerOfRequest);
    }

    /** Encodes a batch and asks for its rows; fewer than {@code BATCH} when time or items end. */
    private int encode(
            RerankRequest request,
            int from,
            ValueReader values,
            Deadline deadline,
            Candidates into) {
        int count = 0;
        while (count < BATCH && from + count < into.size() && !deadline.hasPassed()) {
            encoder.readAhead(request.items().get(from + count++).features(), ahead);
        }
        places.clear();
        for (int i = 0; i < count; i++) {
            Candidate item = request.items().get(from + i);
            Encoded encoded = batch[i];
            EncodedItem declared = encoder.item(item.id(), item.features(), encoded.unknown);
            StreamedValues streamed = values.item(from + i, item, declared);
            encoded.features.clear();
            encoder.appendItem(declared, streamed, encoded.features);
            expand(encoded, requested.ofNumbers);
            inputs.read(from + i, item, streamed, into);
        }
        return count;
    }

    private void ask(int count) {
        for (int i = 0; i < count; i++) {
            memory.ask(batch[i].features, batch[i].reading);
        }
    }

    private void expand(Encoded encoded, double ofNumbers) {
        scaling.scale(encoded.features, numbers);
        scaling.expand(encoded.features, numbers, encoded.expanded);
        encoded.ofNumbers = curves.add(ofNumbers, numbers);
        for (int i = 0; i < encoded.expanded.size(); i++) {
            places.ask(encoded.expanded.key(i));
        }
    }

    /** Scores a candidate whose rows are found; says where those of the next one begin. */
    private int score(int item, Encoded encoded, int place, long time, Candidates into) {
        ofCandidate.copyFrom(ofRequest);
        if (towerOfCandidate != null) {
            towerOfCandidate.copyFrom(towerOfRequest);
        }
        boolean known = add(encoded.expanded, place, ofCandidate, towerOfCandidate);
        say(item, encoded, time, into);
        ofCandidate.sumsSince(ofRequest, into.vectors(), into.vectorAt(item));
        if (!known && !inputs.countsEvidence()) {
            into.evidence(item, 0);
        }
        return place + encoded.expanded.size();
    }

    private float ofModel() {
        float logit = ofCandidate.logit();
        return towerOfCandidate == null ? logit : logit + towerOfCandidate.logit();
    }

    /** The score of a candidate, by model and memory. */
    private void say(int item, Encoded encoded, long time, Candidates into) {
        double logit = encoded.ofNumbers + ofModel();
        double base = Activations.sigmoid(logit);
        if (memory == null) {
            into.score(item, logit, base);
            return;
        }
        MemoryReading reading = encoded.reading;
        reading.begin(memory.voices(), logit, base);
        memory.read(encoded.features, ofCandidate.sums(), time, reading);
        remembered.keep(item, reading, memory);
        into.score(item, Activations.logit(reading.probability()), reading.probability());
    }

    /** What memory did to each candidate. */
    SlateMemory remembered() {
        return remembered;
    }

    /**
     * Adds the rows of a vector that stand from {@code place} on; says whether the item's id has
     * one, or none is asked for.
     */
    private boolean add(FeatureVector x, int place, FactorizationKernel kernel, TowerTerm tower) {
        boolean known = idField == 0;
        for (int i = 0; i < x.size(); i++) {
            if (!places.isThere(place + i)) {
                continue;
            }
            float[] table = places.table(place + i);
            int at = places.at(place + i);
            kernel.add(table, at, dimensions, x.value(i));
            if (tower != null) {
                tower.add(x.field(i), table, at, dimensions, x.value(i));
            }
            known |= x.field(i) == idField;
        }
        return known;
    }
}
