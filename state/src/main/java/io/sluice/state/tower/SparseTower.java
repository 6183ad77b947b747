package io.sluice.state.tower;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.mask.MaskSchedule;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A multi-layer perceptron over the concatenated embeddings of an example, with block-sparse
 * layers; its answer is one term of the log-odds.
 *
 * <p>{@code t(a) = Σ_o u_o h_o}, h the last of {@code depth} hidden layers of {@code width} units
 * ({@link BlockLayer}), a the {@link FieldSums}; u is dense and begins at 0, so that a new tower
 * says nothing. As the deep part of DeepFM (Guo et al., IJCAI 2017), which shares its embeddings
 * with the factorisation machine.
 *
 * <p>Blocks move by {@link SparsityConfig#method}, in each layer by itself, so that each keeps its
 * number of active blocks; under DSL too the optimiser knows active blocks only, since a packed
 * layer has no place for others. Not thread-safe; {@link #logit} may run in many threads while
 * nobody learns, each with a pass of its own.
 */
public final class SparseTower {

    private final int inputs;
    private final int depth;
    private final int width;
    private final SparsityMethod method;
    private final MaskSchedule schedule; // null in a served tower
    private final float rate;
    private final float decay;
    private final BlockLayer[] layers;
    private final float[] output;
    private final float[] outputSums;

    // -- scratch of learning
    private final float[] above;
    private final float[] below;
    private final float[] ofInputs;

    /**
     * A tower at its start.
     *
     * @param inputs fields times dimensions
     * @param sparsity how blocks move
     * @param freshSum what sums of squared gradients begin with
     * @param decay factor of those sums at each step, (0, 1]
     */
    public SparseTower(
            int inputs,
            TowerConfig config,
            SparsityConfig sparsity,
            long seed,
            float freshSum,
            float decay) {
        this(inputs, config.depth(), config.width(), sparsity, config, decay);
        int[] ins = new int[depth];
        int[] outs = new int[depth];
        Arrays.setAll(ins, layer -> layer == 0 ? inputs : width);
        Arrays.fill(outs, width);
        double density = method.masks() ? config.density() : 1;
        double[] densities = config.allocation().densities(ins, outs, density);
        for (int l = 0; l < depth; l++) {
            layers[l] =
                    BlockLayer.drawn(
                            ins[l],
                            width,
                            densities[l],
                            Hashing.number(~seed, l),
                            freshSum,
                            method.readsGradients());
        }
        Arrays.fill(outputSums, freshSum);
    }

    private SparseTower(
            int inputs,
            int depth,
            int width,
            SparsityConfig sparsity,
            TowerConfig config,
            float decay) {
        this.inputs = inputs;
        this.depth = depth;
        this.width = width;
        boolean learns = config != null;
        method = learns ? sparsity.method() : SparsityMethod.NONE;
        schedule = learns ? new MaskSchedule(sparsity) : null;
        rate = learns ? (float) config.learningRate() : 0;
        this.decay = decay;
        layers = new BlockLayer[depth];
        output = new float[width];
        outputSums = new float[learns ? width : 0];
        above = new float[learns ? width : 0];
        below = new float[learns ? width : 0];
        ofInputs = new float[learns ? inputs : 0];
    }

    /**
     * A tower that is read and never learns, from what {@link #writeServed} wrote.
     *
     * @param inputs fields times dimensions
     */
    public static SparseTower served(int inputs, DataInput in) throws IOException {
        int foundInputs = in.readInt();
        int depth = in.readInt();
        int width = in.readInt();
        boolean built = width > 0 && width <= TowerConfig.MOST_WIDTH;
        if (foundInputs != inputs
                || !built
                || width % BlockLayer.BLOCK != 0
                || depth < 1
                || depth > TowerConfig.MOST_DEPTH) {
            throw new CorruptStateException(
                    "tower: found %d inputs and %d layers of %d units, expected %d inputs, 1 to %d layers, and a multiple of %d units up to %d"
                            .formatted(
                                    foundInputs,
                                    depth,
                                    width,
                                    inputs,
                                    TowerConfig.MOST_DEPTH,
                                    BlockLayer.BLOCK,
                                    TowerConfig.MOST_WIDTH));
        }
        SparseTower tower = new SparseTower(inputs, depth, width, null, null, 1);
        for (int l = 0; l < depth; l++) {
            tower.layers[l] = BlockLayer.served(l == 0 ? inputs : width, width, in);
        }
        TowerBytes.read(tower.output, 0, width, in);
        return tower;
    }

    /** Scratch for passes through this tower. */
    public TowerPass newPass() {
        return new TowerPass(depth, width);
    }

    /** The tower's term of the log-odds. */
    public float logit(FieldSums in, TowerPass pass) {
        float[] a = in.values();
        for (int l = 0; l < depth; l++) {
            layers[l].forward(a, pass.hidden[l]);
            a = pass.hidden[l];
        }
        float sum = 0;
        for (int o = 0; o < width; o++) {
            sum += output[o] * a[o];
        }
        return sum;
    }

    /**
     * One step of learning, and perhaps an exchange of blocks behind it.
     *
     * @param in what was passed through last
     * @param pass its activations
     * @param gradient of the loss with respect to the log-odds
     * @return the gradient of the loss by input, as before the step; overwritten by the next one
     */
    public float[] learn(FieldSums in, TowerPass pass, float gradient) {
        float[] top = pass.hidden[depth - 1];
        float[] ofOutputs = above;
        float[] next = below;
        for (int o = 0; o < width; o++) {
            ofOutputs[o] = gradient * output[o];
        }
        BlockLayer.rectify(top, ofOutputs);
        stepOutput(top, gradient);
        for (int l = depth - 1; l > 0; l--) {
            float[] a = pass.hidden[l - 1];
            layers[l].backward(ofOutputs, next);
            stepLayer(l, a, ofOutputs);
            BlockLayer.rectify(a, next);
            float[] free = ofOutputs;
            ofOutputs = next;
            next = free;
        }
        layers[0].backward(ofOutputs, ofInputs);
        stepLayer(0, in.values(), ofOutputs);
        if (schedule.advance()) {
            exchange();
        }
        return ofInputs;
    }

    private void stepOutput(float[] top, float gradient) {
        for (int o = 0; o < width; o++) {
            float g = gradient * top[o];
            outputSums[o] = outputSums[o] * decay + g * g;
            output[o] -= rate * g / (float) Math.sqrt(outputSums[o]);
        }
    }

    private void stepLayer(int l, float[] in, float[] ofOutputs) {
        if (schedule.collects()) {
            layers[l].collect(in, ofOutputs);
        }
        layers[l].step(in, ofOutputs, rate, decay);
    }

    private void exchange() {
        double share = schedule.share();
        for (BlockLayer layer : layers) {
            layer.exchange(method, share, schedule.events());
        }
    }

    /** Says that the stream has changed: more blocks move again. */
    public void reheat() {
        schedule.reheat();
    }

    /** Active blocks of all layers. */
    public int activeBlocks() {
        return Arrays.stream(layers).mapToInt(BlockLayer::activeBlocks).sum();
    }

    /** Bytes held; they never change. */
    public long bytes() {
        long bytes = Float.BYTES * ((long) output.length + outputSums.length);
        for (BlockLayer layer : layers) {
            bytes += layer.bytes();
        }
        return bytes;
    }

    /** Writes what is served: int inputs, layers and units, the layers, the output's weights. */
    public void writeServed(DataOutput out) throws IOException {
        writeShape(out);
        for (BlockLayer layer : layers) {
            layer.writeServed(out);
        }
        TowerBytes.write(output, 0, width, out);
    }

    private void writeShape(DataOutput out) throws IOException {
        out.writeInt(inputs);
        out.writeInt(depth);
        out.writeInt(width);
    }

    /** Writes all state: shape, schedule, whether gradients follow, layers, output. */
    public void write(DataOutput out) throws IOException {
        writeShape(out);
        schedule.write(out);
        boolean collected = schedule.hasCollected();
        out.writeBoolean(collected);
        for (BlockLayer layer : layers) {
            layer.write(collected, out);
        }
        TowerBytes.write(output, 0, width, out);
        TowerBytes.write(outputSums, 0, width, out);
    }

    /** Replaces all state by what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        int foundInputs = in.readInt();
        int foundDepth = in.readInt();
        int foundWidth = in.readInt();
        if (foundInputs != inputs || foundDepth != depth || foundWidth != width) {
            throw new CorruptStateException(
                    "model state: found a tower of %d inputs and %d layers of %d units, expected %d inputs and %d layers of %d units; set model.tower as it was or start without the old state"
                            .formatted(foundInputs, foundDepth, foundWidth, inputs, depth, width));
        }
        schedule.read(in);
        boolean collected = in.readBoolean();
        if (collected != schedule.hasCollected()) {
            throw new CorruptStateException(
                    "model state: found a tower %s gradients after %d examples; restore model.sparsity as it was or start without the old state"
                            .formatted(collected ? "with" : "without", schedule.events()));
        }
        for (BlockLayer layer : layers) {
            layer.read(collected, in);
        }
        TowerBytes.read(output, 0, width, in);
        TowerBytes.read(outputSums, 0, width, in);
    }
}
