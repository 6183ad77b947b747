package io.sluice.state.learner;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.MemoryReading;
import java.util.List;
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
 * What the memory of errors costs an example that is encoded and scored already: four keys, two
 * rates, 16,384 cells each; 6,000 users, 4,000 items and 18 categories by Zipf's law.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=MemoryBenchmark -Djmh.args="-prof gc"</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryBenchmark {

    private static final int EXAMPLES = 1 << 16;
    private static final int DIMENSIONS = 16;

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("category", Source.FEATURES, "c", Kind.CATEGORY)));

    private final FeatureVector[] vectors = new FeatureVector[EXAMPLES];
    private final float[] labels = new float[EXAMPLES];
    private final float[][] representations = new float[EXAMPLES][DIMENSIONS];
    private final MemoryReading reading = new MemoryReading();
    private ErrorMemory memory;

    /** The product's memory, and the published one: 16 arrays of 12 bits. */
    @Param({"RESIDUAL", "RELOOP2"})
    public MemoryMode mode;

    private long time = 1_700_000_000_000L;
    private int next;

    /** Makes the stream and writes it once. */
    @Setup
    public void setUp() {
        MemoryConfig config = MemoryConfig.DEFAULT.with(mode).withCells(1 << 14);
        memory = Memories.of(config, SCHEMA, DIMENSIONS);
        Random random = new Random(7);
        for (int i = 0; i < EXAMPLES; i++) {
            int item = zipf(random, 4_000);
            vectors[i] = new FeatureVector();
            vectors[i].add(Hashing.number(1, zipf(random, 6_000)), 1, 1);
            vectors[i].add(Hashing.number(2, item), 1, 2);
            vectors[i].add(Hashing.number(3, item % 18), 1, 3);
            for (int d = 0; d < DIMENSIONS; d++) {
                representations[i][d] = (float) random.nextGaussian();
            }
            labels[i] = random.nextInt(4) == 0 ? 1 : 0;
            readAndWrite();
        }
    }

    private static int zipf(Random random, int n) {
        return (int) Math.exp(random.nextDouble() * Math.log(n));
    }

    private int advance() {
        next = (next + 1) & (EXAMPLES - 1);
        time += 10;
        return vectors[next] == null ? 0 : next;
    }

    /** What a server pays for each candidate. */
    @Benchmark
    public double read() {
        return read(advance());
    }

    private double read(int i) {
        reading.begin(memory.voices(), -1.1, 0.25);
        memory.read(vectors[i], representations[i], time, reading);
        return reading.probability();
    }

    /** What the learner pays for each example. */
    @Benchmark
    public double readAndWrite() {
        int i = advance();
        double answer = read(i);
        memory.write(vectors[i], representations[i], 0, time, labels[i], 1, reading);
        return answer;
    }
}
