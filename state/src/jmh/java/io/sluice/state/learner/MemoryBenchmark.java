package io.sluice.state.learner;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.LshConfig;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryKeys;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.memory.Representations;
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
 * What a memory of errors costs an example that is encoded and scored already. Of the product's
 * memory three keys at three speeds and 65,536 cells; 6,000 users, 4,000 items and 18 categories by
 * Zipf's law.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=MemoryBenchmark -Djmh.args="-prof gc"</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryBenchmark {

    private static final int EXAMPLES = 1 << 16;
    private static final int DIMENSIONS = 16;
    private static final MemoryConfig CONFIG =
            MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(1 << 16);

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
    private final Representations model = this::representation;
    private ErrorMemory memory;

    /** Which memory. */
    public enum Contestant {
        /** The product's: user, item, user × category. */
        RESIDUAL(CONFIG),
        /** Four keys and a code of 8 bits as a fifth. */
        RESIDUAL_LSH(
                CONFIG.with(
                        new MemoryKeys(
                                List.of(
                                        List.of("user"),
                                        List.of("item"),
                                        List.of("category"),
                                        List.of("user", "category"),
                                        List.of(MemoryKeys.LSH))),
                        LshConfig.DEFAULT)),
        /** The published one: 16 arrays of 12 bits. */
        RELOOP2(CONFIG.with(MemoryMode.RELOOP2));

        private final MemoryConfig config;

        Contestant(MemoryConfig config) {
            this.config = config;
        }
    }

    /** All of them. */
    @Param public Contestant memoryOf;

    /** Entries of a vector that are in no key; streaming features and numbers make dozens. */
    @Param({"0", "32"})
    public int besides;

    private long time = 1_700_000_000_000L;
    private int next;

    /** Makes the stream and writes it once. */
    @Setup
    public void setUp() {
        memory = Memories.of(memoryOf.config, SCHEMA, DIMENSIONS);
        Random random = new Random(7);
        for (int i = 0; i < EXAMPLES; i++) {
            int item = zipf(random, 4_000);
            vectors[i] = new FeatureVector();
            vectors[i].add(Hashing.number(1, zipf(random, 6_000)), 1, 1);
            vectors[i].add(Hashing.number(2, item), 1, 2);
            vectors[i].add(Hashing.number(3, item % 18), 1, 3);
            for (int field = 4; field < 4 + besides; field++) {
                vectors[i].add(Hashing.number(field, random.nextInt(10)), 1, field);
            }
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

    /** What a model would make of it; what the model itself costs is not a part of this. */
    private float[] representation(FeatureVector x) {
        return representations[(int) (x.key(0) & (EXAMPLES - 1))];
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
        memory.keepUp(vectors[i], model);
        memory.judge(reading, labels[i], 1);
        return answer;
    }
}
