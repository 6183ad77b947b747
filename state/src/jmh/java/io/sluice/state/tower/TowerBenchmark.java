package io.sluice.state.tower;

import io.sluice.state.mask.DensityAllocation;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
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

/**
 * What a pass through a tower costs, by density: 16 fields of 16 dimensions, two layers of 128
 * units, so 256 × 128 and 128 × 128 weights.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=TowerBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TowerBenchmark {

    private static final int FIELDS = 16;
    private static final int DIMENSIONS = 16;

    /** Share of the blocks that are active. */
    @Param({"1.0", "0.5", "0.2", "0.1"})
    public double density;

    private final FieldSums in = new FieldSums(FIELDS, DIMENSIONS);
    private SparseTower tower;
    private TowerPass pass;
    private float gradient = 0.1f;

    /** Draws a tower and an example. */
    @Setup
    public void setUp() {
        TowerConfig config =
                new TowerConfig(128, 2, density, DensityAllocation.UNIFORM, 0.001);
        SparsityConfig sparsity = SparsityConfig.of(SparsityMethod.STATIC, 1);
        tower = new SparseTower(FIELDS * DIMENSIONS, config, sparsity, 1, 0.1f, 1);
        pass = tower.newPass();
        Random random = new Random(7);
        float[] row = new float[DIMENSIONS + 1];
        for (int field = 1; field <= FIELDS; field++) {
            for (int d = 1; d <= DIMENSIONS; d++) {
                row[d] = (float) random.nextGaussian();
            }
            in.add(field, row, 0, DIMENSIONS, 1);
        }
    }

    /** Scoring one example. */
    @Benchmark
    public float score() {
        return tower.logit(in, pass);
    }

    /** Scoring and learning one example. */
    @Benchmark
    public float[] learn() {
        gradient = -gradient;
        float unused = tower.logit(in, pass);
        return tower.learn(in, pass, gradient);
    }
}
