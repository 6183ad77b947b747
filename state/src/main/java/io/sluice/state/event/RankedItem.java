package io.sluice.state.event;

/**
 * One place of a reply.
 *
 * @param id the item
 * @param rank 1-based place
 * @param score predicted probability, in [0, 1]
 * @param propensity probability with which the item was put at this place, in (0, 1]
 * @param eliminatedAtRound the round in which it fell; 0 when it never did, or was not in the pool
 * @param fall why it stands here; null unless that was asked for, and for pinned items
 */
public record RankedItem(
        String id, int rank, double score, double propensity, int eliminatedAtRound, Fall fall) {

    public RankedItem {
        EventChecks.id("items[].id", id);
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, found " + rank);
        }
        EventChecks.probabilityOrAbsent("score", score);
        EventChecks.probabilityOrAbsent("propensity", propensity);
        if (eliminatedAtRound < 0) {
            throw new IllegalArgumentException(
                    "eliminatedAtRound must not be negative, found " + eliminatedAtRound);
        }
    }

    /** A place without reasons. */
    public RankedItem(String id, int rank, double score, double propensity) {
        this(id, rank, score, propensity, 0, null);
    }
}
