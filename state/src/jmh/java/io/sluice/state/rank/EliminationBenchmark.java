package io.sluice.state.rank;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The full order of a pool of 32 dimensions in µs, vectors given; everything from the candidates to
 * the last fall. Single calls are sampled: their median hardly sees what else the machine does.
 * Exploration adds other numbers to the scores of each request, in turn: of one pool that comes
 * again and again the processor learns the branches by heart, which flatters whatever compares.
 *
 * <p>{@code mvn -q -Pjmh -pl state verify -Djmh.include=EliminationBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class EliminationBenchmark {

    /** Candidates of a request. */
    @Param({"100", "500", "1000"})
    public int candidates;

    /** How they are ranked. */
    @Param({"sort", "oneShot", "halving", "exact", "lazy"})
    public String policy;

    private static final int REQUESTS = 64;

    private final Candidates of = new Candidates();
    private final Pool pool = new Pool();
    private RankerHead head;
    private Eliminator eliminator;
    private float[][] extras;
    private int request;

    /** Makes the pool. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        int dimensions = 32;
        of.reset(candidates, dimensions);
        for (int i = 0; i < candidates; i++) {
            of.name(i, "item" + i);
            of.score(i, random.nextGaussian(), 0.5);
            of.group(i, 1 + random.nextInt(20));
            for (int d = 0; d < dimensions; d++) {
                of.vectors()[of.vectorAt(i) + d] = (float) random.nextGaussian();
            }
        }
        extras = new float[REQUESTS][candidates];
        for (float[] extra : extras) {
            for (int i = 0; i < candidates; i++) {
                extra[i] = (float) random.nextGaussian();
            }
        }
        float[] gains = new float[dimensions];
        Arrays.fill(gains, 1);
        head = new RankerHead(RankerHead.Policy.ELIMINATION, 1, 0.5f, 0.1f, 1, gains);
        eliminator =
                switch (policy) {
                    case "sort" -> new OneRound(false);
                    case "oneShot" -> new OneRound(true);
                    case "halving" -> new Halving(0.5, 16, new OneByOne());
                    case "exact" -> new OneByOne();
                    default -> new LazyOneByOne();
                };
        if (policy.equals("sort")) {
            head = RankerHead.sort(dimensions);
        }
    }

    /** One request. */
    @Benchmark
    public int order() {
        float[] extra = extras[request++ & (REQUESTS - 1)];
        pool.begin(of, head);
        for (int i = 0; i < candidates; i++) {
            pool.add(i, extra[i]);
        }
        boolean done = eliminator.run(pool, 1, Deadline.none());
        pool.settle(pool.nextRound());
        return done ? pool.falls().candidate(0) : -1;
    }
}
