package io.sluice.state.tower;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.HashedNormal;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.mask.MaskExchange;
import io.sluice.state.mask.SparsityMethod;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One layer of a tower: {@code h_o = ρ(b_o + Σ_i a_i W_io)}, W in blocks of one input by 16
 * outputs, of which a fixed number is active; ρ(x) = x above 0 and {@value #SLOPE} x below, so that
 * no unit dies of one large step.
 *
 * <p>Only active blocks have weights and sums of squared gradients. They stand packed, input by
 * input, so that a pass goes through memory once and skips inputs that are 0. A block that grows
 * begins with weights 0 and without history; one that is dropped and grown in the same exchange
 * keeps both. The optimiser is AdaGrad with one sum per block, fed with the mean squared gradient
 * of its weights: a sixteenth of the roots and of the state.
 *
 * <p>Bytes: 72 a block, 4 for each possible block, 8 an output, and where the method reads
 * gradients 4 for each possible weight. A pass costs 16 multiplications per active block. Not
 * thread-safe; {@link #forward} may run in many threads while nobody learns.
 */
final class BlockLayer {

    /** Outputs in a block. */
    static final int BLOCK = 16;

    private static final int ABSENT = -1;
    private static final float SLOPE = 0.1f;

    private final int inputs;
    private final int outputs;
    private final int columns; // blocks of one input
    private final long seed;
    private final float freshSum;
    private final int active;

    private final int[] places; // of each possible block among the active ones; ABSENT
    private final int[] starts; // of each input among the active blocks
    private final int[] blocks; // of each active one: input · columns + column, rising
    private final float[] bias;
    private float[] weights;
    private float[] sums; // of each active block; empty in a served layer
    private final float[] biasSums;
    private final float[] gradients; // of all possible weights; empty if the method reads none
    private final float[] squares; // scratch: mean squared gradient of the outputs by column

    private BlockLayer(
            int inputs,
            int outputs,
            int active,
            long seed,
            float freshSum,
            boolean learns,
            boolean readsGradients) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.active = active;
        this.seed = seed;
        this.freshSum = freshSum;
        columns = outputs / BLOCK;
        places = new int[inputs * columns];
        starts = new int[inputs + 1];
        blocks = new int[active];
        weights = new float[active * BLOCK];
        bias = new float[outputs];
        sums = new float[learns ? active : 0];
        squares = new float[columns];
        biasSums = new float[learns ? outputs : 0];
        gradients = new float[readsGradients ? inputs * outputs : 0];
        Arrays.fill(sums, freshSum);
        Arrays.fill(biasSums, freshSum);
    }

    /**
     * A layer at its start: active blocks by chance, normal weights of variance 2 / (active inputs
     * of an output) in them (He et al., ICCV 2015), biases 0.
     *
     * @param density share of the blocks that are active, at least one block
     * @param seed of this layer
     * @param freshSum what sums of squared gradients begin with
     */
    static BlockLayer drawn(
            int inputs,
            int outputs,
            double density,
            long seed,
            float freshSum,
            boolean readsGradients) {
        int possible = inputs * (outputs / BLOCK);
        int active = (int) Math.max(1, Math.min(possible, Math.round(density * possible)));
        BlockLayer layer =
                new BlockLayer(inputs, outputs, active, seed, freshSum, true, readsGradients);
        layer.draw();
        return layer;
    }

    private void draw() {
        Integer[] order = new Integer[places.length];
        Arrays.setAll(order, block -> block);
        Arrays.sort(order, Comparator.comparingLong(block -> Hashing.number(seed, block)));
        Arrays.fill(places, ABSENT);
        for (int i = 0; i < active; i++) {
            places[order[i]] = 0;
        }
        number();
        double deviation = Math.sqrt(2.0 * outputs / ((double) active * BLOCK));
        for (int at = 0; at < weights.length; at++) {
            weights[at] =
                    (float) (deviation * HashedNormal.of(~seed, blocks[at / BLOCK], at % BLOCK));
        }
    }

    /** A layer that is read and never learns, from what {@link #writeServed} wrote. */
    static BlockLayer served(int inputs, int outputs, DataInput in) throws IOException {
        int active = in.readInt();
        int possible = inputs * (outputs / BLOCK);
        if (active < 1 || active > possible) {
            throw new CorruptStateException(
                    "tower: found %d active blocks, expected 1 to %d".formatted(active, possible));
        }
        BlockLayer layer = new BlockLayer(inputs, outputs, active, 0, 0, false, false);
        layer.readBlocks(in);
        return layer;
    }

    /** Gives the blocks that have a place their places in order, and finds the inputs' starts. */
    private void number() {
        int next = 0;
        for (int input = 0; input < inputs; input++) {
            starts[input] = next;
            for (int block = input * columns; block < (input + 1) * columns; block++) {
                if (places[block] != ABSENT) {
                    blocks[next] = block;
                    places[block] = next++;
                }
            }
        }
        starts[inputs] = next;
    }

    int activeBlocks() {
        return active;
    }

    long bytes() {
        return Integer.BYTES * ((long) places.length + starts.length + blocks.length)
                + Float.BYTES
                        * ((long) weights.length
                                + sums.length
                                + bias.length
                                + biasSums.length
                                + gradients.length);
    }

    /** Computes the outputs. */
    void forward(float[] in, float[] out) {
        System.arraycopy(bias, 0, out, 0, outputs);
        for (int input = 0; input < inputs; input++) {
            float a = in[input];
            if (a == 0) {
                continue;
            }
            int end = starts[input + 1];
            for (int place = starts[input]; place < end; place++) {
                int o = (blocks[place] - input * columns) * BLOCK;
                int w = place * BLOCK;
                for (int j = 0; j < BLOCK; j++) {
                    out[o + j] += a * weights[w + j];
                }
            }
        }
        for (int o = 0; o < outputs; o++) {
            out[o] = Math.max(out[o], SLOPE * out[o]);
        }
    }

    /** Carries a gradient by output to before the rectifier. */
    static void rectify(float[] out, float[] gradient) {
        for (int o = 0; o < gradient.length; o++) {
            gradient[o] *= out[o] > 0 ? 1 : SLOPE;
        }
    }

    /**
     * Carries the gradient from the outputs to the inputs. Comes before {@link #step}.
     *
     * @param ofOutputs gradient of the loss by output before the rectifier
     * @param ofInputs takes the gradient by input
     */
    void backward(float[] ofOutputs, float[] ofInputs) {
        for (int input = 0; input < inputs; input++) {
            float sum = 0;
            for (int place = starts[input]; place < starts[input + 1]; place++) {
                int o = (blocks[place] - input * columns) * BLOCK;
                int w = place * BLOCK;
                for (int j = 0; j < BLOCK; j++) {
                    sum += ofOutputs[o + j] * weights[w + j];
                }
            }
            ofInputs[input] = sum;
        }
    }

    /** One step of AdaGrad on the active blocks and the biases. */
    void step(float[] in, float[] ofOutputs, float rate, float decay) {
        for (int o = 0; o < outputs; o++) {
            float g = ofOutputs[o];
            biasSums[o] = biasSums[o] * decay + g * g;
            bias[o] -= rate * g / (float) Math.sqrt(biasSums[o]);
        }
        for (int column = 0; column < columns; column++) {
            float total = 0;
            for (int o = column * BLOCK; o < (column + 1) * BLOCK; o++) {
                total += ofOutputs[o] * ofOutputs[o];
            }
            squares[column] = total / BLOCK;
        }
        for (int input = 0; input < inputs; input++) {
            float a = in[input];
            if (a == 0) {
                continue;
            }
            int end = starts[input + 1];
            for (int place = starts[input]; place < end; place++) {
                int column = blocks[place] - input * columns;
                float sum = sums[place] * decay + a * a * squares[column];
                sums[place] = sum;
                float scale = rate * a / (float) Math.sqrt(sum);
                int o = column * BLOCK;
                int w = place * BLOCK;
                for (int j = 0; j < BLOCK; j++) {
                    weights[w + j] -= scale * ofOutputs[o + j];
                }
            }
        }
    }

    /** Adds to the gradients of all possible weights. */
    void collect(float[] in, float[] ofOutputs) {
        for (int input = 0; input < inputs; input++) {
            if (in[input] != 0) {
                for (int o = 0; o < outputs; o++) {
                    gradients[input * outputs + o] += in[input] * ofOutputs[o];
                }
            }
        }
    }

    /**
     * Exchanges blocks and forgets the gradients.
     *
     * @param round tells this exchange from others
     * @return how many were dropped, and grew
     */
    int exchange(SparsityMethod method, double share, long round) {
        boolean[] chosen = new boolean[places.length];
        for (int block : blocks) {
            chosen[block] = true;
        }
        long mixed = Hashing.number(seed, round);
        BlockUnits units = new BlockUnits(method, places, weights, gradients, chosen, mixed);
        int moved = MaskExchange.run(units, method, share);
        repack(chosen);
        Arrays.fill(gradients, 0);
        return moved;
    }

    private void repack(boolean[] chosen) {
        int[] before = places.clone();
        for (int block = 0; block < chosen.length; block++) {
            places[block] = chosen[block] ? 0 : ABSENT;
        }
        number();
        float[] oldWeights = weights;
        float[] oldSums = sums;
        weights = new float[oldWeights.length];
        sums = new float[oldSums.length];
        Arrays.fill(sums, freshSum);
        for (int place = 0; place < active; place++) {
            int old = before[blocks[place]];
            if (old != ABSENT) {
                System.arraycopy(oldWeights, old * BLOCK, weights, place * BLOCK, BLOCK);
                sums[place] = oldSums[old];
            }
        }
    }

    /** Writes what is served: int active blocks, each with its number and weights, biases. */
    void writeServed(DataOutput out) throws IOException {
        out.writeInt(active);
        for (int place = 0; place < active; place++) {
            out.writeInt(blocks[place]);
            TowerBytes.write(weights, place * BLOCK, BLOCK, out);
        }
        TowerBytes.write(bias, 0, outputs, out);
    }

    private void readBlocks(DataInput in) throws IOException {
        Arrays.fill(places, ABSENT);
        int last = -1;
        for (int place = 0; place < active; place++) {
            int block = in.readInt();
            if (block <= last || block >= places.length) {
                throw new CorruptStateException(
                        "tower: found block %d behind block %d, expected %d to %d"
                                .formatted(block, last, last + 1, places.length - 1));
            }
            places[block] = place;
            last = block;
            TowerBytes.read(weights, place * BLOCK, BLOCK, in);
        }
        number();
        TowerBytes.read(bias, 0, outputs, in);
    }

    /**
     * Writes all state: what is served, then the sums.
     *
     * @param collected whether gradients follow
     */
    void write(boolean collected, DataOutput out) throws IOException {
        writeServed(out);
        TowerBytes.write(sums, 0, sums.length, out);
        TowerBytes.write(biasSums, 0, outputs, out);
        if (collected) {
            TowerBytes.write(gradients, 0, gradients.length, out);
        }
    }

    /** Replaces all state by what {@link #write} wrote. */
    void read(boolean collected, DataInput in) throws IOException {
        int found = in.readInt();
        if (found != active) {
            throw new CorruptStateException(
                    "tower: found %d active blocks, expected %d; set model.tower.density and allocation as they were or start without the old state"
                            .formatted(found, active));
        }
        readBlocks(in);
        TowerBytes.read(sums, 0, sums.length, in);
        TowerBytes.read(biasSums, 0, outputs, in);
        if (collected) {
            TowerBytes.read(gradients, 0, gradients.length, in);
        }
    }
}
