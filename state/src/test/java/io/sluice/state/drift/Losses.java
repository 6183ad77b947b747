package io.sluice.state.drift;

import java.util.Random;

/** Losses of a calibrated prediction, as a learner has them. */
final class Losses {

    private final Random random;

    Losses(long seed) {
        random = new Random(seed);
    }

    /**
     * The loss of a prediction whose label comes with another probability.
     *
     * @param prediction p
     * @param truth q
     */
    double next(double prediction, double truth) {
        return -Math.log(random.nextDouble() < truth ? prediction : 1 - prediction);
    }
}
