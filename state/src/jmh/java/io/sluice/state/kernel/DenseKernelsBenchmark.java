package io.sluice.state.kernel;

import io.sluice.state.kernel.nd4j.Nd4jDenseKernels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Candidates times request: embeddings of m candidates, k long, against n vectors.
 *
 * <pre>OMP_NUM_THREADS=1 mvn -q -Pjmh -pl state verify -Djmh.include=DenseKernelsBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DenseKernelsBenchmark {

    @Param({"100x16x1", "1000x16x1", "100x64x64", "1000x64x64"})
    private String shape;

    @Param({"java", "nd4j"})
    private String by;

    private DenseKernels kernels;
    private int m;
    private int k;
    private int n;
    private float[] a;
    private float[] b;
    private float[] out;

    @Setup
    public void fill() {
        String[] lengths = shape.split("x", -1);
        m = Integer.parseInt(lengths[0]);
        k = Integer.parseInt(lengths[1]);
        n = Integer.parseInt(lengths[2]);
        a = numbers(m * k);
        b = numbers(k * n);
        out = new float[m * n];
        kernels = by.equals("java") ? new JavaDenseKernels() : new Nd4jDenseKernels();
    }

    private static float[] numbers(int length) {
        Random random = new Random(1);
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @TearDown
    public void free() {
        if (kernels instanceof Nd4jDenseKernels nd4j) {
            nd4j.close();
        }
    }

    @Benchmark
    public float[] multiply() {
        kernels.multiply(a, b, out, m, k, n);
        return out;
    }
}
