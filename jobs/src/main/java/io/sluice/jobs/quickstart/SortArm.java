package io.sluice.jobs.quickstart;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.Ranker;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ViewRanker;
import java.util.List;

/**
 * Orders by the scores of the served model alone, without elimination and exploration: what the
 * engine would do without them, knowing what it knows. Thread-safe.
 */
final class SortArm implements Arm {

    private final SimulatedWorld world;
    private final ViewRanker ranker;

    /** Sorts by this model. */
    SortArm(SimulatedWorld world, ServedModel model, long seed) {
        this.world = world;
        RankConfig sort = RankConfig.of(RankConfig.Policy.SORT);
        ranker = new ViewRanker(model, new Ranker(sort, new Exploration(0, seed), seed));
    }

    @Override
    public List<Integer> order(Phase phase, Visit visit) {
        List<Candidate> items =
                visit.candidates().stream()
                        .map(item -> new Candidate(world.itemName(item), features(item)))
                        .toList();
        RerankRequest request =
                new RerankRequest(
                        ProductClient.requestId(visit),
                        System.currentTimeMillis(),
                        world.userName(visit.user()),
                        Attributes.builder()
                                .put("segment", world.segment(visit))
                                .put("device", world.device(visit))
                                .build(),
                        items,
                        0,
                        false,
                        List.of(),
                        List.of(),
                        0);
        List<RankedItem> ranked = ranker.rank(request, Deadline.none()).reply().items();
        return world.itemNumbers(ranked.stream().map(RankedItem::id).toList());
    }

    private Attributes features(int item) {
        return Attributes.builder().put("category", world.category(item)).build();
    }
}
