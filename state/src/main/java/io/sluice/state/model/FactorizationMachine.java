package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.sparse.DenseEmbeddingTable;
import io.sluice.state.sparse.EmbeddingTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Second-order factorisation machine with logistic loss, learnt one example at a time.
 *
 * <p>Log-odds: {@code z(x) = b + Σᵢ wᵢxᵢ + Σ_{i<j} ⟨vᵢ, vⱼ⟩ xᵢxⱼ}, computed in O(nk) for n features
 * and k dimensions by {@link FactorizationKernel} (Rendle, "Factorization Machines", ICDM 2010, eq.
 * 1).
 *
 * <p>Step: with {@code g = σ(z + offset) − y} the gradients are {@code gxᵢ} for wᵢ and {@code
 * gxᵢ(S_d − v_id xᵢ)} for v_id, S_d = Σᵢ v_id xᵢ. The optimiser is AdaGrad (Duchi et al., JMLR
 * 2011) with one accumulator per row for the linear weight and one for the whole embedding, fed
 * with the mean squared gradient over its dimensions; both fade by {@code decay} at each step of
 * their row. L2 is applied to touched rows only.
 *
 * <p>A key without a row adds nothing to a score, in training as in serving; its row is made, with
 * small random values, when it is first learnt. Not thread-safe.
 */
public final class FactorizationMachine implements OnlineModel {

    private final int k;
    private final int linearSum;
    private final int embeddingSum;
    private final EmbeddingTable table;
    private final RowSnapshot snapshot;

    private final float rate;
    private final float linearRate;
    private final float decay;
    private final float l2;
    private final float linearL2;

    private float bias;
    private float biasSum;

    // -- scratch, overwritten by each call
    private final FactorizationKernel kernel;
    private final float[] gradients;
    private int[] slots = new int[16];

    /** A machine without rows. */
    public FactorizationMachine(ModelConfig config) {
        k = config.dimensions();
        linearSum = RowLayout.linearSum(k);
        embeddingSum = RowLayout.embeddingSum(k);
        table = new DenseEmbeddingTable(RowLayout.stride(k), RowLayout.initializer(config));
        snapshot = new RowSnapshot(table);
        rate = (float) config.learningRate();
        linearRate = (float) config.linearLearningRate();
        decay = (float) config.decay();
        l2 = (float) config.l2();
        linearL2 = (float) config.linearL2();
        biasSum = (float) config.initialAccumulator();
        kernel = new FactorizationKernel(k);
        gradients = new float[k];
    }

    @Override
    public double logit(FeatureVector x) {
        kernel.reset(bias);
        float[] arena = table.arena();
        for (int i = 0; i < x.size(); i++) {
            int slot = table.find(x.key(i));
            if (slot != EmbeddingTable.ABSENT) {
                kernel.add(arena, slot * table.stride(), x.value(i));
            }
        }
        return kernel.logit();
    }

    @Override
    public double learn(FeatureVector x, double label, double offset) {
        int known = table.size();
        locate(x);
        float[] arena = table.arena();
        int stride = table.stride();
        int n = x.size();
        kernel.reset(bias);
        for (int i = 0; i < n; i++) {
            if (slots[i] < known) {
                kernel.add(arena, slots[i] * stride, x.value(i));
            }
        }
        double logit = kernel.logit();
        double full = table.size() == known ? logit : logitWithNewRows(x, known);
        float gradient = (float) (Activations.sigmoid(full + offset) - label);
        for (int i = 0; i < n; i++) {
            step(arena, slots[i] * stride, x.value(i), gradient);
            table.markChanged(slots[i]);
        }
        biasSum = biasSum * decay + gradient * gradient;
        bias -= linearRate * gradient / (float) Math.sqrt(biasSum);
        return logit;
    }

    /** Finds or creates all rows before the arena is fetched: creation may move it. */
    private void locate(FeatureVector x) {
        if (slots.length < x.size()) {
            slots = new int[Math.max(x.size(), 2 * slots.length)];
        }
        for (int i = 0; i < x.size(); i++) {
            slots[i] = table.findOrCreate(x.key(i));
        }
    }

    /** New rows have no part in the score, but their gradients need them in the sums. */
    private double logitWithNewRows(FeatureVector x, int known) {
        for (int i = 0; i < x.size(); i++) {
            if (slots[i] >= known) {
                kernel.add(table.arena(), slots[i] * table.stride(), x.value(i));
            }
        }
        return kernel.logit();
    }

    private void step(float[] arena, int row, float value, float gradient) {
        float g = gradient * value;
        float gw = g + linearL2 * arena[row];
        float sumW = arena[row + linearSum] * decay + gw * gw;
        arena[row + linearSum] = sumW;
        arena[row] -= linearRate * gw / (float) Math.sqrt(sumW);

        float[] sums = kernel.sums();
        float[] gv = gradients;
        float total = 0;
        for (int d = 0; d < k; d++) {
            float v = arena[row + 1 + d];
            float each = g * (sums[d] - v * value) + l2 * v;
            gv[d] = each;
            total += each * each;
        }
        float sumV = arena[row + embeddingSum] * decay + total / k;
        arena[row + embeddingSum] = sumV;
        float scale = rate / (float) Math.sqrt(sumV);
        for (int d = 0; d < k; d++) {
            arena[row + 1 + d] -= scale * gv[d];
        }
    }

    @Override
    public int dimensions() {
        return k;
    }

    @Override
    public int rows() {
        return table.size();
    }

    @Override
    public long bytes() {
        return table.bytes();
    }

    @Override
    public float bias() {
        return bias;
    }

    @Override
    public void drainChangedRows(RowConsumer rows) {
        table.drainChanged(
                slot -> rows.accept(table.key(slot), table.arena(), slot * table.stride()));
    }

    @Override
    public void markAllChanged() {
        for (int slot = 0; slot < table.size(); slot++) {
            table.markChanged(slot);
        }
    }

    @Override
    public void writeHead(DataOutput out) throws IOException {
        out.writeInt(k);
        out.writeFloat(bias);
        out.writeFloat(biasSum);
    }

    @Override
    public void readHead(DataInput in) throws IOException {
        int dimensions = in.readInt();
        if (dimensions != k) {
            throw new CorruptStateException(
                    "model state: found %d dimensions, expected %d; set model.dimensions to %d or start without the old state"
                            .formatted(dimensions, k, dimensions));
        }
        bias = CorruptStateException.finite("bias", in.readFloat());
        biasSum = CorruptStateException.finite("sum of the bias", in.readFloat());
    }

    @Override
    public void writeRows(int groups, DataOutput[] outs) throws IOException {
        snapshot.write(groups, outs);
    }

    @Override
    public void readRows(DataInput in) throws IOException {
        snapshot.read(in);
    }
}
