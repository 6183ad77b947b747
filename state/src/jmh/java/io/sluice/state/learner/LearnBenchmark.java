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
 * <p>A stream shaped like film ratings: 6,000 users and 4,000 items with popularity falling as
 * 1/rank, three user attributes, a year and one to three genres; eight to nine features each.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=LearnBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LearnBenchmark {

    private static final int EXAMPLES = 1 << 16;

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

    /** Length of the embeddings. */
    @Param({"8", "16", "32"})
    public int dimensions;

    /** Bytes of the budget, where there is one: all rows fit, or three quarters of them. */
    @Param({"67108864", "262144"})
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

    private final List<Raw> raw = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private final FeatureEncoder encoder = new FeatureEncoder(SCHEMA);
    private final FeatureVector scratch = new FeatureVector();
    private OnlineLearner learner;
    private int next;

    /** Makes the stream and learns it once, so that all rows exist. */
    @Setup
    public void setUp() {
        ModelConfig dense =
                new ModelConfig(dimensions, 0.1, 0.2, 0.05, 0.1, 1, 0.02, 0.003, 0, 1, 1);
        ModelConfig config =
                store.equals("none")
                        ? dense
                        : dense.within(
                                new MemoryBudget(budget),
                                StoreConfig.DEFAULT.with(
                                        ValueFormat.valueOf(store), floatShare, warmStart));
        learner = new OnlineLearner(config, SCHEMA);
        Random random = new Random(7);
        for (int i = 0; i < EXAMPLES; i++) {
            Raw one = draw(random);
            raw.add(one);
            encode(one);
            float label = random.nextInt(2);
            examples.add(
                    new Example(
                            i,
                            "",
                            one.item,
                            scratch.copy(),
                            label,
                            Example.Origin.DIRECT,
                            Float.NaN));
            learner.observe(examples.get(i));
        }
    }

    private static Raw draw(Random random) {
        int user = zipf(random, 6_000);
        int item = zipf(random, 4_000);
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

    private static int zipf(Random random, int n) {
        return (int) Math.exp(random.nextDouble() * Math.log(n));
    }

    private void encode(Raw one) {
        encoder.encode(0, one.user, one.context, one.item, one.features, -1, StreamedValues.NONE, scratch);
    }

    private int advance() {
        next = (next + 1) & (EXAMPLES - 1);
        return next;
    }

    /** Encoding one event. */
    @Benchmark
    public FeatureVector encode() {
        encode(raw.get(advance()));
        return scratch;
    }

    /** Scoring one encoded example. */
    @Benchmark
    public double predict() {
        return learner.predict(examples.get(advance()).features());
    }

    /** Judging and learning one encoded example. */
    @Benchmark
    public Scored learn() {
        return learner.observe(examples.get(advance()));
    }
}
