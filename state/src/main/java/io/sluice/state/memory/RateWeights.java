package io.sluice.state.memory;

/**
 * What a moment weighs beside the sums of each rate: made once for all that is read and written at
 * that moment. Not thread-safe.
 */
final class RateWeights {

    private final double[] weights = new double[ResidualCells.RATES];
    private ResidualCells cells; // those that the weights are of; null: none yet
    private long time;
    private int moves;

    /** The weights of a time of {@link MemoryClock}, to be read before they are asked for again. */
    double[] at(long now, ResidualCells of) {
        if (of != cells || now != time || of.moves() != moves) {
            for (int rate = 0; rate < weights.length; rate++) {
                weights[rate] = of.weight(rate, now);
            }
            cells = of;
            time = now;
            moves = of.moves();
        }
        return weights;
    }
}
