package io.sluice.state.evaluate;

/**
 * A figure of a run that can be asked for a run in which each block occurs some number of times.
 */
interface BlockFigure {

    /** How many blocks the run has. */
    int blocks();

    /**
     * The figure of a run in which block b occurs {@code times[b]} times.
     *
     * @return NaN where it is not defined, for instance without a positive
     */
    double value(int[] times);
}
