package io.sluice.state.sparse.baseline;

/**
 * What an optimiser needs to know.
 *
 * @param embedding step of the embeddings
 * @param linear step of the linear weights
 * @param initialSum what sums of squared gradients start from
 * @param decay factor applied to them at each step
 */
public record StepSizes(float embedding, float linear, float initialSum, float decay) {}
