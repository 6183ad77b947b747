package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Examination;
import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.store.ScoredRequest;
import io.sluice.state.store.ServedModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists judged by a published version of a model, which learns nothing from them: each is asked for
 * again as the request that it answered.
 *
 * <p>Streaming features are those that were logged with the list, where they are of the version's
 * own schema, and are computed from what came before in the log otherwise. Lists that are not later
 * than what the version has learnt are not judged, since it may know their outcome.
 */
final class VersionReplay implements SlateMoments.Taker {

    private final ServedModel model;
    private final RankConfig ranking;
    private final PolicyJudge judge;
    private final long learntUntil;
    private final StreamedAttributes names;
    private final AsOfEncoder asOf;
    private final Candidates candidates = new Candidates();
    private final Examination looks = new Examination();
    private long known;
    private long computed;

    /** Judges by this model, ranked as a configuration says. */
    VersionReplay(ServedModel model, RankConfig ranking, PolicyJudge judge) {
        this.model = model;
        this.ranking = ranking;
        this.judge = judge;
        learntUntil = model.manifest().eventTime();
        names = new StreamedAttributes(model.schema());
        asOf = new AsOfEncoder(model.schema());
    }

    @Override
    public void happened(Interaction event) {
        asOf.add(Facts.of(event, false));
    }

    @Override
    public void shown(List<Slate> moment) {
        moment.forEach(this::judge);
        moment.forEach(slate -> SlateFacts.of(slate, asOf::add));
    }

    private void judge(Slate slate) {
        Impression shown = slate.impression();
        asOf.request(shown.timestamp(), shown.user(), shown.context());
        if (shown.timestamp() <= learntUntil) {
            known++;
        } else if (shown.items().size() > 1) {
            ScoredRequest scored =
                    model.score(request(shown), ranking, candidates, Deadline.none());
            LabelledSlate labelled = labelled(slate);
            judge.add(labelled, scored.head(), looks);
            looks.observe(labelled);
        }
    }

    private RerankRequest request(Impression shown) {
        Attributes context = shown.context();
        boolean computes = !names.isEmpty() && !names.isLogged(context);
        if (computes) {
            context = names.withRequest(context, asOf.values());
            computed++;
        }
        List<Candidate> items = new ArrayList<>(shown.items().size());
        for (ShownItem item : shown.items()) {
            Attributes features = item.features();
            if (computes) {
                asOf.item(item.id(), features);
                features = names.withItem(features, asOf.values());
            }
            items.add(new Candidate(item.id(), features));
        }
        return new RerankRequest(
                shown.request(),
                shown.timestamp(),
                shown.user(),
                context,
                items,
                0,
                false,
                List.of(),
                List.of(),
                0);
    }

    private LabelledSlate labelled(Slate slate) {
        List<ShownItem> items = slate.impression().items();
        float[] labels = new float[items.size()];
        int[] positions = new int[items.size()];
        float[] propensities = new float[items.size()];
        for (int i = 0; i < items.size(); i++) {
            ShownItem item = items.get(i);
            labels[i] = slate.clicked().contains(item.id()) ? 1 : 0;
            positions[i] = item.position();
            propensities[i] = (float) item.propensity();
        }
        return new LabelledSlate(candidates, labels, positions, propensities);
    }

    /** Lists that the version may have learnt. */
    long known() {
        return known;
    }

    /** Judged lists whose streaming features were computed from the log. */
    long computed() {
        return computed;
    }
}
