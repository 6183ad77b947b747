package io.sluice.state.sparse;

/**
 * A table whose rows are no plain weights: they are made of something else, which takes the step
 * itself. {@link #values} holds what they amount to while an example is under way, and is not to be
 * changed.
 */
public interface SteppingTable extends EmbeddingTable {

    /**
     * One step of learning for feature i's row.
     *
     * @param linear gradient of the loss with respect to w
     * @param embedding the same with respect to the values, as many as the row has
     */
    void step(int i, float linear, float[] embedding);
}
