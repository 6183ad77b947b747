package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.sparse.EmbeddingTable;
import io.sluice.state.sparse.MaskedEmbeddingTable;
import io.sluice.state.sparse.SteppingTable;
import io.sluice.state.tower.SparseTower;
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
 * <p>Step: with {@code g = σ(z + offset) − y}, or what else {@link Lesson} says, the gradients are
 * {@code gxᵢ} for wᵢ and {@code gxᵢ(S_d − v_id xᵢ)} for v_id, S_d = Σᵢ v_id xᵢ, where a step is
 * taken back as it was then ({@link Taken}; not the tower's part). The optimiser is AdaGrad (Duchi
 * et al., JMLR 2011) with one accumulator per row for the linear weight and one for the whole
 * embedding, fed with the mean squared gradient over its dimensions and, where that is switched on,
 * shared out over them by {@link DimensionShares}; both fade by {@code decay} at each step of their
 * row. L2 is applied to touched rows only.
 *
 * <p>Which row speaks for a key, and how wide it is, is the table's affair; a key for which there
 * is none adds nothing to a score, in training as in serving. New rows have small random values or
 * those of the row that spoke for the key before. A table may take the step itself ({@link
 * SteppingTable}).
 *
 * <p>Where they are switched on: a {@link SparseTower} adds its term to z and its gradient to the
 * embeddings', masks say which embedding values are active ({@link MaskedEmbeddingTable}), and
 * examples and gradients can be weighed ({@link FocusConfig}). Weights of examples do not reach the
 * curves of numbers, which are no part of this model. Not thread-safe.
 */
public final class FactorizationMachine implements OnlineModel {

    private final int k;
    private final int linearSum;
    private final EmbeddingTable table;
    private final SteppingTable stepping; // null: rows are stepped here
    private final MachineParts parts;
    private final TowerTerm tower; // null: none
    private final ExampleFocus focus; // null: all examples weigh the same
    private final DimensionShares shares; // null: one sum for all dimensions of a row

    private final float linearRate;
    private final float decay;
    private final float linearL2;

    private float bias;
    private float biasSum;

    // -- scratch, overwritten by each call
    private final FactorizationKernel kernel;
    private final FactorizationKernel ofRequest;
    private final float[] seen;
    private final EmbeddingStep embeddings;
    private final float[] row;
    private boolean[] claimed = new boolean[16];

    /** A machine without rows, for vectors without fields. */
    public FactorizationMachine(ModelConfig config) {
        this(config, 0);
    }

    /**
     * A machine without rows.
     *
     * @param fields how many fields vectors have, for the tower and for means of rows
     */
    public FactorizationMachine(ModelConfig config, int fields) {
        k = config.dimensions();
        parts = MachineParts.of(config, fields);
        tower = parts.tower();
        focus = parts.focus();
        shares = parts.shares();
        linearSum = RowLayout.linearSum(k);
        MaskedEmbeddingTable masks = parts.masks();
        table = masks != null ? masks : RowTables.of(config, fields, parts.bytes());
        stepping = table instanceof SteppingTable own ? own : null;
        row = new float[table.rowLength()];
        linearRate = (float) config.linearLearningRate();
        decay = (float) config.decay();
        linearL2 = (float) config.linearL2();
        biasSum = (float) config.initialAccumulator();
        kernel = new FactorizationKernel(k);
        ofRequest = new FactorizationKernel(k);
        seen = new float[k];
        embeddings = new EmbeddingStep(config, kernel, tower, masks, shares);
    }

    /**
     * What such a machine holds besides rows, in bytes; it comes out of the same budget. Without
     * shares of dimensions, which it has where rows can spare them.
     *
     * @param fields how many fields vectors have
     */
    public static long bytesBesideRows(ModelConfig config, int fields) {
        return MachineParts.bytesBesideRows(config, fields);
    }

    @Override
    public double logit(FeatureVector x) {
        reset();
        if (tower == null) {
            kernel.add(table, x);
            see();
            return kernel.logit();
        }
        for (int i = 0; i < x.size(); i++) {
            int width = table.read(x.key(i), x.field(i), row);
            if (width != EmbeddingTable.ABSENT) {
                add(row, 0, width, x.field(i), x.value(i));
            }
        }
        see();
        return sum();
    }

    private void reset() {
        kernel.reset(bias);
        if (tower != null) {
            tower.reset();
        }
    }

    private void add(float[] rows, int from, int width, int field, float value) {
        kernel.add(rows, from, width, value);
        if (tower != null) {
            tower.add(field, rows, from, width, value);
        }
    }

    /** The log-odds of what was added. */
    private float sum() {
        return tower == null ? kernel.logit() : kernel.logit() + tower.logit();
    }

    private void see() {
        System.arraycopy(kernel.sums(), 0, seen, 0, k);
    }

    @Override
    public float[] representation() {
        return seen;
    }

    @Override
    public double logit(FeatureVector x, boolean[] ofItem, float[] vector, int at) {
        reset();
        ofRequest.reset(bias);
        boolean split = false;
        for (int i = 0; i < x.size(); i++) {
            if (!split && ofItem[x.field(i)]) {
                ofRequest.copyFrom(kernel);
                split = true;
            }
            int width = table.read(x.key(i), x.field(i), row);
            if (width != EmbeddingTable.ABSENT) {
                add(row, 0, width, x.field(i), x.value(i));
            }
        }
        kernel.sumsSince(split ? ofRequest : kernel, vector, at);
        see();
        return sum();
    }

    @Override
    public double learn(FeatureVector x, Lesson lesson, double offset) {
        boolean complete = open(x);
        see();
        double logit = sum();
        double expected = Activations.sigmoid(logit + offset);
        float weight = focus == null ? 1 : focus.weight(x, expected, lesson.label());
        if (weight == 0) {
            return logit;
        }
        // E|σ(z) − y| = 2σ(z)(1 − σ(z)), the expectation taken over the model's own labels.
        float importance = (float) (2 * expected * (1 - expected));
        double full = complete ? expected : Activations.sigmoid(claim(x, importance) + offset);
        double slope = lesson.gradient(full);
        float gradient = (float) slope * weight;
        Taken taken = lesson.taken();
        if (taken != null && taken.sums() != null) {
            kernel.mix(taken.sums(), taken.share(slope));
        }
        if (tower != null) {
            tower.learn(gradient);
        }
        float[] values = table.values();
        for (int i = 0; i < x.size(); i++) {
            if (table.isOpen(i)) {
                step(values, i, x.field(i), x.value(i), gradient);
            }
        }
        table.commit(importance);
        if (shares != null) {
            shares.endExample();
        }
        biasSum = biasSum * decay + gradient * gradient;
        bias -= linearRate * gradient / (float) Math.sqrt(biasSum);
        return logit;
    }

    /** Sums up the rows that there are; says whether each key has one of its own. */
    private boolean open(FeatureVector x) {
        int n = x.size();
        boolean complete = true;
        table.begin(n);
        reset();
        for (int i = 0; i < n; i++) {
            complete &= table.open(i, x.key(i), x.field(i)) && table.isOwn(i);
        }
        for (int i = 0; i < n; i++) {
            if (table.isOpen(i)) {
                add(i, x);
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
        reset();
        for (int i = 0; i < n; i++) {
            claimed[i] = table.claim(i, x.key(i), x.field(i), importance);
        }
        addOpen(x, false);
        addOpen(x, true);
        return sum();
    }

    /** The new rows last, which keeps the order in which the score was summed up. */
    private void addOpen(FeatureVector x, boolean areNew) {
        for (int i = 0; i < x.size(); i++) {
            if (claimed[i] == areNew && table.isOpen(i)) {
                add(i, x);
            }
        }
    }

    private void add(int i, FeatureVector x) {
        kernel.add(table, i, x.value(i));
        if (tower != null) {
            int from = table.position(i);
            tower.add(x.field(i), table.values(), from, table.width(i), x.value(i));
        }
    }

    private void step(float[] values, int i, int field, float value, float gradient) {
        int row = table.position(i);
        int width = table.width(i);
        float g = gradient * value;
        float gw = g + linearL2 * values[row];
        if (stepping != null) {
            stepping.step(i, gw, embeddings.gradient(values, row, width, i, field, value, g));
            return;
        }
        float sumW = values[row + linearSum] * decay + gw * gw;
        values[row + linearSum] = sumW;
        values[row] -= linearRate * gw / (float) Math.sqrt(sumW);
        if (width < k) {
            table.press(i, g, kernel.sums());
        }
        if (width > 0) {
            embeddings.step(values, row, width, i, field, value, g);
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
        return table.bytes() + parts.bytes();
    }

    @Override
    public float bias() {
        return bias;
    }

    @Override
    public SparseTower tower() {
        return tower == null ? null : tower.network();
    }

    @Override
    public void drainChangedRows(EmbeddingTable.Sink rows) {
        table.drainChanged(rows);
    }

    @Override
    public void reheat() {
        table.reheat();
        if (tower != null) {
            tower.network().reheat();
        }
    }

    @Override
    public void markAllChanged() {
        table.markAllChanged();
    }

    /** Dimensions and parts as {@link MachineParts} writes them, bias and its sum. */
    @Override
    public void writeHead(DataOutput out) throws IOException {
        parts.writeHead(k, out);
        out.writeFloat(bias);
        out.writeFloat(biasSum);
    }

    @Override
    public void readHead(DataInput in) throws IOException {
        parts.readHead(k, in);
        bias = CorruptStateException.finite("bias", in.readFloat());
        biasSum = CorruptStateException.finite("sum of the bias", in.readFloat());
    }

    /**
     * Rows; where there are a tower or weights of examples, they stand behind the first group's.
     */
    @Override
    public void writeRows(int groups, DataOutput[] outs) throws IOException {
        table.write(groups, outs);
        parts.write(groups, outs);
    }

    @Override
    public void readRows(DataInput in) throws IOException {
        table.read(in);
        parts.read(in);
    }
}
