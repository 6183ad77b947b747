package io.sluice.state.rank;

import io.sluice.state.event.RerankRequest;

/**
 * Has the last word on the last survivors of a pool, however it comes to it: a larger model, a
 * service. {@link IterativeExclusion} asks it again after each exclusion, so its scores may depend
 * on who is left. Must be thread-safe.
 */
public interface ShortlistScorer {

    /** A word for it, as it stands in replies. */
    String name();

    /** How many survivors it is asked about, 2 or more. */
    int last();

    /** The time that it has for all exclusions of a request that begins now. */
    Deadline allowed();

    /**
     * Scores who is left, given in the order so far.
     *
     * @param request completed by what is known of the items
     * @param candidates all of the request, in its order
     * @param left indices into the candidates
     * @param count how many of {@code left} count
     * @param scores takes a number for each of them; the least one is excluded, of equal ones the
     *     last
     * @param deadline by which an answer is of use
     * @throws ScorerFaultException when there is no answer
     */
    void score(
            RerankRequest request,
            Candidates candidates,
            int[] left,
            int count,
            float[] scores,
            Deadline deadline)
            throws ScorerFaultException;
}
