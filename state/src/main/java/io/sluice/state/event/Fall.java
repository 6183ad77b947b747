package io.sluice.state.event;

/**
 * Why an item stands where it does: what its score was made of when it fell out of the pool.
 *
 * @param reason the part without which it would not have fallen then, in a few words
 * @param poolSize how many were left at that moment, itself included
 * @param against the worst of those that stayed; empty when none was left
 * @param margin by how much it lost to that one, log-odds
 * @param base log-odds by the model
 * @param relevance what likeness to the pool's likely items added
 * @param crowding what similarity to the pool took
 * @param group what the other members of its group took
 * @param exploration what chance added
 */
public record Fall(
        String reason,
        int poolSize,
        String against,
        double margin,
        double base,
        double relevance,
        double crowding,
        double group,
        double exploration) {

    public Fall {
        EventChecks.present("reason", reason);
        EventChecks.present("against", against);
    }
}
