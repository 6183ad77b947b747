package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.sparse.BudgetedEmbeddingTable;
import io.sluice.state.sparse.DenseEmbeddingTable;
import io.sluice.state.sparse.EmbeddingTable;
import io.sluice.state.sparse.FallbackKeys;
import io.sluice.state.sparse.RowInitializer;
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
 * <p>Which row speaks for a key, and how wide it is, is the table's affair; a key for which there
 * is none adds nothing to a score, in training as in serving. New rows have small random values or
 * those of the row that spoke for the key before. Not thread-safe.
 */
public final class FactorizationMachine implements OnlineModel {

    private final int k;
    private final int linearSum;
    private final int embeddingSum;
    private final EmbeddingTable table;

    private final float rate;
    private final float linearRate;
    private final float decay;
    private final float l2;
    private final float linearL2;

    private float bias;
    private float biasSum;

    // -- scratch, overwritten by each call
    private final FactorizationKernel kernel;
    private final FactorizationKernel ofRequest;
    private final float[] gradients;
    private final float[] row;
    private boolean[] claimed = new boolean[16];

    /** A machine without rows. */
    public FactorizationMachine(ModelConfig config) {
        k = config.dimensions();
        linearSum = RowLayout.linearSum(k);
        embeddingSum = RowLayout.embeddingSum(k);
        table = table(config);
        row = new float[table.rowLength()];
        rate = (float) config.learningRate();
        linearRate = (float) config.linearLearningRate();
        decay = (float) config.decay();
        l2 = (float) config.l2();
        linearL2 = (float) config.linearL2();
        biasSum = (float) config.initialAccumulator();
        kernel = new FactorizationKernel(k);
        ofRequest = new FactorizationKernel(k);
        gradients = new float[k];
    }

    private static EmbeddingTable table(ModelConfig config) {
        RowInitializer initializer = RowLayout.initializer(config);
        return config.memory().isLimited()
                ? new BudgetedEmbeddingTable(
                        config.memory(),
                        config.store(),
                        config.dimensions(),
                        config.seed(),
                        initializer)
                : new DenseEmbeddingTable(config.dimensions(), initializer);
    }

    @Override
    public double logit(FeatureVector x) {
        kernel.reset(bias);
        for (int i = 0; i < x.size(); i++) {
            int width = table.read(x.key(i), x.field(i), row);
            if (width != EmbeddingTable.ABSENT) {
                kernel.add(row, 0, width, x.value(i));
            }
        }
        return kernel.logit();
    }

    @Override
    public double logit(FeatureVector x, boolean[] ofItem, float[] vector, int at) {
        kernel.reset(bias);
        ofRequest.reset(bias);
        boolean split = false;
        for (int i = 0; i < x.size(); i++) {
            if (!split && ofItem[x.field(i)]) {
                ofRequest.copyFrom(kernel);
                split = true;
            }
            int width = table.read(x.key(i), x.field(i), row);
            if (width != EmbeddingTable.ABSENT) {
                kernel.add(row, 0, width, x.value(i));
            }
        }
        kernel.sumsSince(split ? ofRequest : kernel, vector, at);
        return kernel.logit();
    }

    @Override
    public double learn(FeatureVector x, double label, double offset) {
        int n = x.size();
        boolean complete = open(x);
        double logit = kernel.logit();
        float importance = expectedGradient(logit + offset);
        double full = complete ? logit : claim(x, importance);
        float gradient = (float) (Activations.sigmoid(full + offset) - label);
        float[] values = table.values();
        for (int i = 0; i < n; i++) {
            if (table.isOpen(i)) {
                step(values, i, x.value(i), gradient);
            }
        }
        table.commit(importance);
        biasSum = biasSum * decay + gradient * gradient;
        bias -= linearRate * gradient / (float) Math.sqrt(biasSum);
        return logit;
    }

    /** E|σ(z) − y| = 2σ(z)(1 − σ(z)), the expectation taken over the model's own labels. */
    private static float expectedGradient(double logit) {
        double p = Activations.sigmoid(logit);
        return (float) (2 * p * (1 - p));
    }

    /** Sums up the rows that there are; says whether each key has one of its own. */
    private boolean open(FeatureVector x) {
        int n = x.size();
        boolean complete = true;
        table.begin(n);
        kernel.reset(bias);
        for (int i = 0; i < n; i++) {
            complete &= table.open(i, x.key(i), x.field(i)) && table.isOwn(i);
            if (table.isOpen(i)) {
                kernel.add(table.values(), table.position(i), table.width(i), x.value(i));
            }
        }
        return complete;
    }

    /**
     * Asks for rows; new ones have no part in the score, but their gradients need them in the sums.
     *
     * @return the log-odds with the rows there are now
     */
    private double claim(FeatureVector x, float importance) {
        int n = x.size();
        if (claimed.length < n) {
            claimed = new boolean[Math.max(n, 2 * claimed.length)];
        }
        kernel.reset(bias);
        for (int i = 0; i < n; i++) {
            claimed[i] = table.claim(i, x.key(i), x.field(i), importance);
        }
        add(x, false);
        add(x, true);
        return kernel.logit();
    }

    /** The new rows last, which keeps the order in which the score was summed up. */
    private void add(FeatureVector x, boolean areNew) {
        for (int i = 0; i < x.size(); i++) {
            if (claimed[i] == areNew && table.isOpen(i)) {
                kernel.add(table.values(), table.position(i), table.width(i), x.value(i));
            }
        }
    }

    private void step(float[] values, int i, float value, float gradient) {
        int row = table.position(i);
        int width = table.width(i);
        float g = gradient * value;
        float gw = g + linearL2 * values[row];
        float sumW = values[row + linearSum] * decay + gw * gw;
        values[row + linearSum] = sumW;
        values[row] -= linearRate * gw / (float) Math.sqrt(sumW);
        if (width < k) {
            table.press(i, g, kernel.sums());
        }
        if (width > 0) {
            stepEmbedding(values, row, width, value, g);
        }
    }

    private void stepEmbedding(float[] values, int row, int width, float value, float g) {
        float[] sums = kernel.sums();
        float[] gv = gradients;
        float total = 0;
        for (int d = 0; d < width; d++) {
            float v = values[row + 1 + d];
            float each = g * (sums[d] - v * value) + l2 * v;
            gv[d] = each;
            total += each * each;
        }
        float sumV = values[row + embeddingSum] * decay + total / width;
        values[row + embeddingSum] = sumV;
        float scale = rate / (float) Math.sqrt(sumV);
        for (int d = 0; d < width; d++) {
            values[row + 1 + d] -= scale * gv[d];
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
    public void drainChangedRows(EmbeddingTable.Sink rows) {
        table.drainChanged(rows);
    }

    @Override
    public FallbackKeys fallback() {
        return table.fallback();
    }

    @Override
    public void reheat() {
        table.reheat();
    }

    @Override
    public void markAllChanged() {
        table.markAllChanged();
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
        table.write(groups, outs);
    }

    @Override
    public void readRows(DataInput in) throws IOException {
        table.read(in);
    }
}
