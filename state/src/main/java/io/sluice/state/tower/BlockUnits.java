package io.sluice.state.tower;

import io.sluice.state.kernel.Hashing;
import io.sluice.state.mask.MaskExchange;
import io.sluice.state.mask.SparsityMethod;

/**
 * The blocks of a {@link BlockLayer} as units of an exchange; a block's worth is the sum over its
 * weights. Reads the arrays of the layer, which must not change while the exchange runs.
 */
final class BlockUnits implements MaskExchange.Units {

    private final SparsityMethod method;
    private final int[] places;
    private final float[] weights;
    private final float[] gradients;
    private final boolean[] chosen;
    private final long round;

    /**
     * All possible blocks of a layer.
     *
     * @param places of each possible block among the active ones
     * @param weights of the active blocks, by place
     * @param gradients of all possible weights; empty if the method reads none
     * @param chosen which blocks are active; takes the outcome
     * @param round seed of the tickets
     */
    BlockUnits(
            SparsityMethod method,
            int[] places,
            float[] weights,
            float[] gradients,
            boolean[] chosen,
            long round) {
        this.method = method;
        this.places = places;
        this.weights = weights;
        this.gradients = gradients;
        this.chosen = chosen;
        this.round = round;
    }

    @Override
    public int size() {
        return places.length;
    }

    @Override
    public boolean isActive(int block) {
        return chosen[block];
    }

    @Override
    public float importance(int block) {
        float sum = 0;
        for (int j = 0; j < BlockLayer.BLOCK; j++) {
            float weight = weights[places[block] * BlockLayer.BLOCK + j];
            sum += method.importance(weight, gradient(block, j));
        }
        return sum;
    }

    @Override
    public float promise(int block) {
        float sum = 0;
        for (int j = 0; j < BlockLayer.BLOCK; j++) {
            sum += method.promise(gradient(block, j));
        }
        return sum;
    }

    private float gradient(int block, int j) {
        return gradients.length == 0 ? 0 : gradients[block * BlockLayer.BLOCK + j];
    }

    @Override
    public int ticket(int block) {
        return (int) Hashing.number(round, block);
    }

    @Override
    public void set(int block, boolean isActive) {
        chosen[block] = isActive;
    }
}
