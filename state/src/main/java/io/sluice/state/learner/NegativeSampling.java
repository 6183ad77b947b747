package io.sluice.state.learner;

import io.sluice.state.kernel.Hashing;

/**
 * Which negatives are learnt: each with probability r, decided by a hash of seed, request, item and
 * time.
 *
 * <p>Sampling multiplies the odds of the examples that remain by 1/r, so learning adds −ln r to the
 * log-odds and the model itself stays on the scale of the whole stream (He et al., "Practical
 * Lessons from Predicting Clicks on Ads", ADKDD 2014, section 6.3, applied while learning instead
 * of after it). A kept negative weighs 1/r in the scores.
 *
 * @param seed of the hash
 * @param keepRate r, (0, 1]
 */
record NegativeSampling(long seed, double keepRate) {

    /** Whether a negative is left out; positives never are. */
    boolean leavesOut(Example example) {
        if (keepRate >= 1 || example.label() != 0) {
            return false;
        }
        long hash = Hashing.text(Hashing.text(seed, example.request()), example.item());
        return Hashing.unit(Hashing.number(hash, example.time())) >= keepRate;
    }

    /** What is added to the log-odds while learning. */
    double offset() {
        return keepRate < 1 ? -StrictMath.log(keepRate) : 0;
    }

    /** How many examples of the stream one that was kept stands for. */
    float weight(Example example) {
        return keepRate < 1 && example.label() == 0 ? (float) (1 / keepRate) : 1;
    }
}
