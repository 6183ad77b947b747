package io.sluice.state.rank;

import io.sluice.state.event.RankedItem;
import java.util.List;

/**
 * What the ranker made of a request.
 *
 * @param items in their new order
 * @param places of each of them among the candidates of the request
 * @param policy how they were put in order, as it is written in a reply
 * @param unsatisfied rules that could not be kept
 * @param complete false when the deadline cut rounds
 * @param fault why who has the last word did not have it; null when nobody has, or all went well
 */
public record Ranking(
        List<RankedItem> items,
        Places places,
        String policy,
        List<String> unsatisfied,
        boolean complete,
        ScorerFaultException.Fault fault) {

    public Ranking {
        items = List.copyOf(items);
        unsatisfied = List.copyOf(unsatisfied);
    }
}
