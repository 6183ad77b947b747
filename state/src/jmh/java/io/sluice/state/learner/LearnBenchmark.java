package io.sluice.state.learner;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.util.ArrayList;
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
 * What one example costs: encoding, scoring, learning.
 *
 * <p>A stream shaped like film ratings: three users to two items with popularity falling as
 * 1/rankˢ, three user attributes, a year and one to three genres; eight to nine features each. Each
 * id has been learnt at least once before it is measured: those that the draws leave out come in
 * between them.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=LearnBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LearnBenchmark {

    /** More than the processor's caches hold of the rows of many ids. */
    private static final int EXAMPLES = 1 << 20;

    private static final int ENCODED = 1 << 16;

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("gender", Source.CONTEXT, "gender", Kind.CATEGORY),
                            FeatureSpec.of("age", Source.CONTEXT, "age", Kind.CATEGORY),
                            FeatureSpec.of("job", Source.CONTEXT, "job", Kind.CATEGORY),
                            FeatureSpec.of("year", Source.FEATURES, "year", Kind.CATEGORY),
                            new FeatureSpec(
                                    "genres",
                                    Source.FEATURES,
                                    "genres",
                                    Kind.CATEGORIES,
                                    "|",
                                    null)));

    private record Raw(String user, Attributes context, String item, Attributes features) {}

    /** Users and items: all in the processor's caches, or behind them. */
    @Param({"10000", "1000000"})
    public int ids;

    /** How steeply popularity falls, s: 0.5 to 1. */
    @Param({"1"})
    public double skew;

    /** Length of the embeddings. */
    @Param({"8", "16", "32"})
    public int dimensions;

    /** Bytes of the budget, where there is one: all rows fit, or a part of them. */
    @Param({"67108864", "16777216"})
    public long budget;

    /** How rows are stored: without a budget, or within it. */
    @Param({"none", "FLOAT32", "BFLOAT16", "INT8"})
    public String store;

    /** Share of the budget for rows that stand as floats. */
    @Param({"0.05"})
    public double floatShare;

    /** Share of their field's mean that new rows begin with. */
    @Param({"0.5"})
    public double warmStart;

    /** Whether a row's sum of squares is shared out over its dimensions. */
    @Param({"true"})
    public boolean even;

    private final List<Raw> raw = new ArrayList<>();
    private final Example[] examples = new Example[EXAMPLES];
    private final FeatureEncoder encoder = new FeatureEncoder(SCHEMA);
    private final FeatureVector scratch = new FeatureVector();
    private OnlineLearner learner;
    private int next;

    /** Makes the stream and learns it once, so that all rows exist. */
    @Setup
    public void setUp() {
        ModelConfig dense =
                new ModelConfig(dimensions, 0.1, 0.2, 0.05, 0.1, 1, 0.02, 0.003, 0, 1, 1)
                        .withEvenDimensions(even);
        ModelConfig config =
                store.equals("none")
                        ? dense
                        : dense.within(
                                new MemoryBudget(budget),
                                StoreConfig.DEFAULT.with(
                                        ValueFormat.valueOf(store), floatShare, warmStart));
        learner = new OnlineLearner(config, SCHEMA);
        Random random = new Random(7);
        int met = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            Raw one = raw(zipf(random, users()), zipf(random, items()));
            if (i < ENCODED) {
                raw.add(one);
            }
            examples[i] = example(i, one, random);
            learner.observe(examples[i]);
            for (; met < (long) users() * (i + 1) / EXAMPLES; met++) {
                learner.observe(example(i, raw(scrambled(met, users()), met % items()), random));
            }
        }
    }

    private int users() {
        return ids / 5 * 3;
    }

    private int items() {
        return ids / 5 * 2;
    }

    private Example example(int time, Raw one, Random random) {
        encode(one);
        float label = random.nextInt(2);
        return new Example(
                time, "", "", scratch.copy(), label, Example.Origin.DIRECT, Float.NaN);
    }

    private static Raw raw(int user, int item) {
        Attributes context =
                Attributes.builder()
                        .put("gender", user % 3 == 0 ? "F" : "M")
                        .put("age", Integer.toString(user % 7))
                        .put("job", Integer.toString(user % 21))
                        .build();
        StringBuilder genres = new StringBuilder("genre" + item % 18);
        for (int g = 0; g < item % 3; g++) {
            genres.append("|genre").append((item + g * 5 + 1) % 18);
        }
        Attributes features =
                Attributes.builder()
                        .put("year", Integer.toString(1920 + item % 80))
                        .put("genres", genres.toString())
                        .build();
        return new Raw("u" + user, context, "i" + item, features);
    }

    /** A rank from 0 to n − 1: the law of real numbers from 1 to n, cut off. */
    private int zipf(Random random, int n) {
        double u = random.nextDouble();
        double rank =
                skew == 1
                        ? Math.exp(u * Math.log(n))
                        : Math.pow(1 + u * (Math.pow(n, 1 - skew) - 1), 1 / (1 - skew));
        return (int) rank - 1;
    }

    /** The same numbers in another order. */
    private static int scrambled(int i, int n) {
        return (int) (i * 1_000_000_007L % n);
    }

    private void encode(Raw one) {
        encoder.encode(0, one.user, one.context, one.item, one.features, -1, StreamedValues.NONE, scratch);
    }

    private Example advance() {
        next = (next + 1) & (EXAMPLES - 1);
        return examples[next];
    }

    /** Encoding one event. */
    @Benchmark
    public FeatureVector encode() {
        next = (next + 1) & (ENCODED - 1);
        encode(raw.get(next));
        return scratch;
    }

    /** Scoring one encoded example. */
    @Benchmark
    public double predict() {
        return learner.predict(advance().features());
    }

    /** Judging and learning one encoded example. */
    @Benchmark
    public Scored learn() {
        return learner.observe(advance());
    }
}
