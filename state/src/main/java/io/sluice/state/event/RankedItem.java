package io.sluice.state.event;

/**
 * One place of a reply.
 *
 * @param id the item
 * @param rank 1-based place
 * @param score predicted probability, in [0, 1]
 * @param propensity probability with which the item was put at this place, in (0, 1]
 */
public record RankedItem(String id, int rank, double score, double propensity) {

    public RankedItem {
        EventChecks.id("items[].id", id);
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, found " + rank);
        }
        EventChecks.probabilityOrAbsent("score", score);
        EventChecks.probabilityOrAbsent("propensity", propensity);
    }
}
