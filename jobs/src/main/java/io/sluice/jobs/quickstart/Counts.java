package io.sluice.jobs.quickstart;

/**
 * What went in and what came out, counted at both ends.
 *
 * @param requests answered by the server
 * @param clicks sent by readers and accepted by the server
 * @param impressions records on the topic of impressions
 * @param feedback records on the topic of feedback
 * @param examples learnt by the model, as its last publication says
 * @param deadLetters records on the topic of dead letters
 */
record Counts(
        long requests,
        long clicks,
        long impressions,
        long feedback,
        long examples,
        long deadLetters) {

    /** Whether nothing was lost, doubled or refused, with this many items in each list. */
    boolean addUp(int shown) {
        return impressions == requests
                && feedback == clicks
                && examples == requests * shown
                && deadLetters == 0;
    }
}
