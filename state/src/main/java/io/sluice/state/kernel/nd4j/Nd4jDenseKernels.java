package io.sluice.state.kernel.nd4j;

import io.sluice.state.kernel.DenseKernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dense products by ND4J's BLAS.
 *
 * <p>Rows side by side are the columns of the transposed matrix in BLAS order, so it computes
 * {@code outᵀ = bᵀ · aᵀ} over the same bytes and nothing is rearranged. The native arrays are kept
 * while the shape stays the same: leaving them to the garbage collector costs gigabytes of memory
 * outside of the heap.
 *
 * <p>Fixed cost of about 10 µs a call, plus copying in and out. The first use in a process takes a
 * second or more. Not thread-safe.
 */
public final class Nd4jDenseKernels implements DenseKernels, AutoCloseable {

    private INDArray aT; // k×m
    private INDArray bT; // n×k
    private INDArray outT; // n×m

    /** Whether ND4J and its native code can be used in this process. */
    public static boolean isAvailable() {
        try {
            return Nd4j.getBackend() != null && Nd4j.create(DataType.FLOAT, 1, 1) != null;
        } catch (RuntimeException | LinkageError missing) {
            return false;
        }
    }

    @Override
    public void multiply(float[] a, float[] b, float[] out, int m, int k, int n) {
        if (aT == null || !hasShape(m, k, n)) {
            reshape(m, k, n);
        }
        aT.data().asNioFloat().put(a, 0, m * k);
        bT.data().asNioFloat().put(b, 0, k * n);
        bT.mmuli(aT, outT);
        outT.data().asNioFloat().get(out, 0, m * n);
    }

    private boolean hasShape(int m, int k, int n) {
        return aT.rows() == k && aT.columns() == m && bT.rows() == n;
    }

    private void reshape(int m, int k, int n) {
        close();
        aT = Nd4j.createUninitialized(DataType.FLOAT, new long[] {k, m}, 'f');
        bT = Nd4j.createUninitialized(DataType.FLOAT, new long[] {n, k}, 'f');
        outT = Nd4j.createUninitialized(DataType.FLOAT, new long[] {n, m}, 'f');
    }

    /** Frees the native arrays. */
    @Override
    public void close() {
        if (aT != null) {
            aT.close();
            bT.close();
            outT.close();
            aT = null;
        }
    }
}
