package io.sluice.state.rank;

/** Empties a pool down to a size, round by round. Stateless but for scratch; see each class. */
public interface Eliminator {

    /**
     * Lets candidates fall until so many are left.
     *
     * @param pool that was begun
     * @param stopAt how many survive, at least 1
     * @param deadline asked between rounds
     * @return false when the deadline came first; the pool then holds whoever is left
     */
    boolean run(Pool pool, int stopAt, Deadline deadline);
}
