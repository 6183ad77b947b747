package io.sluice.state.sparse.baseline;

import io.sluice.state.kernel.Hashing;
import io.sluice.state.sparse.SteppingTable;
import io.sluice.state.sparse.TableKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Quotient and remainder: with Q + R rows an id h in [0, QR) is named by two of them, {@code ⌊h /
 * R⌋} and {@code h mod R} (Shi et al., "Compositional Embeddings Using Complementary Partitions",
 * KDD 2020, section 3 and equation 7).
 *
 * <p>{@code v = v_q ⊙ v_r} and {@code w = w_q + w_r}. Each row takes AdaGrad's step with sums of
 * its own: the gradient of v_q is {@code g ⊙ v_r}, that of v_r is {@code g ⊙ v_q}, w's is both's.
 *
 * <p>Deviations: the number of ids is not known beforehand, so h is a hash of the key in [0, QR),
 * and two ids agree in both rows with probability 1/(QR). Quotient rows start at v = 1, so that an
 * id starts from its remainder's row as it is; with both small, their product has no gradient to
 * speak of. Weights are added, since a product of two zeros never moves.
 */
final class QuotientTable extends BaselineTable implements SteppingTable {

    private final int quotients;
    private final int remainders;
    private final PackedRows rows; // quotients first

    // -- scratch
    private final float[] quotient;
    private final float[] remainder;
    private final float[] ofQuotient;
    private final float[] ofRemainder;

    QuotientTable(TableSettings settings) {
        super(TableKind.QUOTIENT, settings);
        int perRow = PackedRows.rowBytes(settings.store().values(), dimensions);
        int capacity = settings.rows(2L * Bytes.ARRAY, perRow);
        quotients = Math.max(1, (int) (capacity * settings.baseline().quotientShare()));
        remainders = capacity - quotients;
        rows = new PackedRows(settings.store().values(), dimensions, capacity);
        quotient = new float[rowLength()];
        remainder = new float[rowLength()];
        ofQuotient = new float[dimensions];
        ofRemainder = new float[dimensions];
        reset();
    }

    @Override
    void reset() {
        Initial.fill(rows, settings, quotients, capacity());
        settings.initializer().initialize(1, quotient, 0, dimensions);
        quotient[0] = 0;
        Arrays.fill(quotient, 1, 1 + dimensions, 1);
        for (int row = 0; row < quotients; row++) {
            rows.pack(row, quotient, 0, row);
        }
    }

    @Override
    int capacity() {
        return quotients + remainders;
    }

    @Override
    public int size() {
        return capacity();
    }

    @Override
    public long bytes() {
        return rows.bytes();
    }

    /** Both row numbers, the quotient's in the upper half. */
    @Override
    long find(long key) {
        long ids = (long) quotients * remainders;
        long id = Math.floorMod(Hashing.mix(key), ids);
        return ((id / remainders) << 32) | (quotients + id % remainders);
    }

    private static int quotientOf(long row) {
        return (int) (row >>> 32);
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        return false;
    }

    @Override
    void unpackServed(long row, float[] out, int to) {
        rows.unpackServed(quotientOf(row), quotient, 0);
        rows.unpackServed((int) row, remainder, 0);
        out[to] = quotient[0] + remainder[0];
        for (int d = 1; d <= dimensions; d++) {
            out[to + d] = quotient[d] * remainder[d];
        }
    }

    @Override
    void unpack(long row, float[] out, int to) {
        unpackServed(row, out, to);
    }

    /** Nothing: {@link #step} has packed both rows. */
    @Override
    void pack(long row, float[] in, int from, long random) {}

    @Override
    public void step(int i, float linear, float[] embedding) {
        long row = row(i);
        rows.unpack(quotientOf(row), quotient, 0);
        rows.unpack((int) row, remainder, 0);
        for (int d = 0; d < dimensions; d++) {
            ofQuotient[d] = embedding[d] * remainder[1 + d];
            ofRemainder[d] = embedding[d] * quotient[1 + d];
        }
        AdaGrad.step(settings.steps(), quotient, dimensions, linear, ofQuotient);
        AdaGrad.step(settings.steps(), remainder, dimensions, linear, ofRemainder);
        rows.pack(quotientOf(row), quotient, 0, random(row));
        rows.pack((int) row, remainder, 0, random(~row));
    }

    @Override
    void writeArrays(DataOutput out) throws IOException {
        rows.write(out);
    }

    @Override
    void readArrays(DataInput in) throws IOException {
        rows.read(in);
    }
}
