package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.RankConfig;

/**
 * What one thread scores requests with; made anew where view or configuration are others than for
 * the request before. Every call is under the locks of the model and of the entities. Not
 * thread-safe.
 */
final class Scoring {

    private final ServedRows rows;
    private final ServedEntities entities; // null: requests carry their streaming values

    // -- of the view that was scored with last
    private View view;
    private ErrorMemory memory;
    private RankConfig config;
    private CandidateScorer scorer;
    private CarriedValues carried;
    private EntityValues values;

    Scoring(ServedRows rows, ServedEntities entities) {
        this.rows = rows;
        this.entities = entities;
    }

    /**
     * Scores by a view.
     *
     * @param current the view
     * @param errors its memory; null for none
     */
    @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are taken over
    ScoredRequest score(
            View current,
            ErrorMemory errors,
            RankConfig asked,
            RerankRequest request,
            Candidates into,
            Deadline deadline) {
        if (current != view || errors != memory || asked != config) {
            view = current;
            memory = errors;
            config = asked;
            scorer = new CandidateScorer(view, rows, memory, PoolInputs.of(view.schema(), config));
            carried = new CarriedValues(view.schema());
        }
        ValueReader reader = readsEntities() ? entityReader() : carried;
        reader.begin(into.size());
        scorer.score(request, reader, deadline, into);
        return new ScoredRequest(
                view.manifest(), view.ranker(), into, reader.kept(), scorer.remembered());
    }

    /** Reads the values of a request that nothing can score yet. */
    ScoredRequest readOnly(
            RankConfig asked, RerankRequest request, Candidates into, Deadline deadline) {
        EntityValues reader = entityReader();
        PoolInputs inputs = PoolInputs.of(entities.plan().schema(), asked);
        reader.begin(into.size());
        var unused = reader.request(request);
        EncodedItem.Scratch scratch = new EncodedItem.Scratch();
        for (int i = 0; i < into.size() && !deadline.hasPassed(); i++) {
            Candidate item = request.items().get(i);
            EncodedItem declared = entities.encoder().item(item.id(), item.features(), scratch);
            inputs.read(i, item, reader.item(i, item, declared), into);
        }
        return ScoredRequest.unscored(into, reader.kept());
    }

    /** Whether model and entities speak of the same features. */
    private boolean readsEntities() {
        return entities != null && entities.fingerprint() == view.manifest().schemaFingerprint();
    }

    private EntityValues entityReader() {
        if (values == null || !values.reads(entities.plan())) {
            values = new EntityValues(entities);
        }
        return values;
    }
}
