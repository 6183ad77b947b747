package io.sluice.state.sparse.baseline;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.sparse.SteppingTable;
import io.sluice.state.sparse.TableKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * FTRL-proximal with L1, per coordinate, over all weights of the machine (McMahan et al., "Ad Click
 * Prediction: a View from the Trenches", KDD 2013, algorithm 1; with embeddings: Ta, "Factorization
 * machines with follow-the-regularized-leader", IEEE Big Data 2015).
 *
 * <p>{@code σ = (√(n + g²) − √n)/α}, {@code z += g − σw}, {@code n += g²}; a weight is {@code 0}
 * where {@code |z| ≤ λ₁} and {@code −(z − sgn(z)λ₁)·α/(β + √n)} elsewhere. State is z and n of
 * every weight, float32: 8(k + 1) bytes a row. λ₁ makes weights 0; it frees no state (note of
 * section 3), only admission and removal do. An id gets a row when it has been seen {@code
 * model.baseline.admitAfter} times (section 3.1, by counting); among the least used, rows whose
 * weights are all 0 go first.
 *
 * <p>Deviations: β is the root of the initial accumulator, so that first steps are as large as
 * those of the other tables; L2 comes with the gradient, as for them; an embedding starts from a z
 * that gives its initial values, since factors that start at 0 stay there.
 */
final class FtrlTable extends BaselineTable implements SteppingTable {

    private final Admission admission;
    private final KeyedSlots slots;
    private final int weights;
    private final float[] z;
    private final float[] n;
    private final float l1;
    private final float beta;
    private final float[] fresh;

    FtrlTable(TableSettings settings) {
        super(TableKind.FTRL, settings);
        weights = dimensions + 1;
        double rowBytes = 2.0 * Float.BYTES * weights;
        admission = Admission.fit(settings, settings.baseline().admitAfter(), 2, rowBytes);
        slots = admission.slots();
        if ((long) weights * slots.capacity() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "model.memory must hold less than 2^31 weights in table ftrl, found %d rows of %d"
                            .formatted(slots.capacity(), weights));
        }
        z = new float[weights * slots.capacity()];
        n = new float[z.length];
        l1 = (float) settings.baseline().l1();
        beta = (float) Math.sqrt(settings.steps().initialSum());
        fresh = new float[rowLength()];
    }

    private float rate(int weight) {
        return weight == 0 ? settings.steps().linear() : settings.steps().embedding();
    }

    private float weight(int at, int weight) {
        float sum = z[at];
        if (Math.abs(sum) <= l1) {
            return 0;
        }
        return -(sum - Math.copySign(l1, sum)) * rate(weight) / (beta + (float) Math.sqrt(n[at]));
    }

    @Override
    int capacity() {
        return slots.capacity();
    }

    @Override
    public int size() {
        return slots.size();
    }

    @Override
    public long bytes() {
        return admission.bytes() + Bytes.of(z) + Bytes.of(n);
    }

    @Override
    long find(long key) {
        return slots.find(key);
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        if (isOpen(i)) {
            return false;
        }
        int slot = slots.find(key);
        if (slot < 0) {
            slot = admission.claim(key, random(key), this::isInUse, this::isZero);
            if (slot < 0) {
                return false;
            }
            start(slot, key);
        }
        openRow(i, slot);
        return true;
    }

    private void start(int slot, long key) {
        settings.initializer().initialize(key, fresh, 0, dimensions);
        for (int weight = 0; weight < weights; weight++) {
            float value = fresh[weight];
            z[slot * weights + weight] =
                    value == 0 ? 0 : -(value * beta / rate(weight) + Math.copySign(l1, value));
            n[slot * weights + weight] = 0;
        }
    }

    private boolean isZero(long slot) {
        int from = (int) slot * weights;
        for (int at = from; at < from + weights; at++) {
            if (Math.abs(z[at]) > l1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void step(int i, float linear, float[] embedding) {
        int from = (int) row(i) * weights;
        step(from, 0, linear);
        for (int d = 0; d < dimensions; d++) {
            step(from + 1 + d, 1 + d, embedding[d]);
        }
    }

    private void step(int at, int weight, float gradient) {
        float sum = n[at] + gradient * gradient;
        float sigma = (float) (Math.sqrt(sum) - Math.sqrt(n[at])) / rate(weight);
        z[at] += gradient - sigma * weight(at, weight);
        n[at] = sum;
    }

    @Override
    void touched(float importance) {
        for (int slot = 0; slot < openRows(); slot++) {
            slots.touch((int) openRow(slot));
        }
    }

    @Override
    void endExample(long number) {
        admission.endExample(number);
    }

    @Override
    void unpackServed(long row, float[] out, int to) {
        for (int weight = 0; weight < weights; weight++) {
            out[to + weight] = weight((int) row * weights + weight, weight);
        }
    }

    @Override
    void unpack(long row, float[] out, int to) {
        unpackServed(row, out, to);
    }

    /** Nothing: {@link #step} has changed z and n. */
    @Override
    void pack(long row, float[] in, int from, long random) {}

    @Override
    void reset() {
        admission.clear();
    }

    @Override
    void writeArrays(DataOutput out) throws IOException {
        admission.write(out);
        for (int at = 0; at < slots.size() * weights; at++) {
            out.writeFloat(z[at]);
            out.writeFloat(n[at]);
        }
    }

    @Override
    void readArrays(DataInput in) throws IOException {
        admission.read(in);
        for (int at = 0; at < slots.size() * weights; at++) {
            z[at] = CorruptStateException.finite("a sum of gradients", in.readFloat());
            n[at] = CorruptStateException.finite("a sum of squares", in.readFloat());
        }
    }
}
