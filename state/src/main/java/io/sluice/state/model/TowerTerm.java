package io.sluice.state.model;

import io.sluice.state.tower.FieldSums;
import io.sluice.state.tower.SparseTower;
import io.sluice.state.tower.TowerPass;

/** A tower together with the example it is looking at. Not thread-safe. */
public final class TowerTerm {

    private final SparseTower network;
    private final FieldSums fields;
    private final TowerPass pass;
    private float[] ofInputs = {};

    /**
     * The term of a network.
     *
     * @param fields how many fields vectors have
     * @param dimensions length of the embeddings
     */
    public TowerTerm(SparseTower network, int fields, int dimensions) {
        this.network = network;
        this.fields = new FieldSums(fields, dimensions);
        pass = network.newPass();
    }

    /** The term that a model is configured with, at its start; null when there is none. */
    static TowerTerm of(ModelConfig config, int fields) {
        if (!config.tower().isBuilt() || fields == 0) {
            return null;
        }
        SparseTower network =
                new SparseTower(
                        fields * config.dimensions(),
                        config.tower(),
                        config.sparsity(),
                        config.seed(),
                        (float) config.initialAccumulator(),
                        (float) config.decay());
        return new TowerTerm(network, fields, config.dimensions());
    }

    /** The network itself. */
    SparseTower network() {
        return network;
    }

    long bytes() {
        return network.bytes();
    }

    /** Begins an example. */
    public void reset() {
        fields.reset();
    }

    /** Goes on from where another term of the same shape is. */
    public void copyFrom(TowerTerm other) {
        fields.copyFrom(other.fields);
    }

    /** Adds one embedding, {@code rows[from + 1 …]}, times its value. */
    public void add(int field, float[] rows, int from, int width, float value) {
        fields.add(field, rows, from, width, value);
    }

    /** The log-odds of what was added. */
    public float logit() {
        return network.logit(fields, pass);
    }

    /** One step on the example that {@link #logit} was last asked for. */
    void learn(float gradient) {
        ofInputs = network.learn(fields, pass, gradient);
    }

    /** Adds the gradient of the last step by one embedding of the example. */
    void addGradient(int field, float value, int width, float[] gradient) {
        if (fields.has(field)) {
            int from = fields.place(field);
            for (int d = 0; d < width; d++) {
                gradient[d] += value * ofInputs[from + d];
            }
        }
    }
}
