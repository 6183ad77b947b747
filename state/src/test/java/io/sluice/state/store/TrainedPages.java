package io.sluice.state.store;

import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.codec.LearnerPages;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.model.Page;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A learner that trains on made-up clicks, and the topic its pages go to. */
public final class TrainedPages {

    public static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("place", Source.POSITION, "", Kind.CATEGORY),
                            FeatureSpec.of("device", Source.CONTEXT, "device", Kind.CATEGORY),
                            FeatureSpec.of("genre", Source.FEATURES, "genre", Kind.CATEGORIES)));

    /** A page and the offset at which it stands. */
    public record Entry(long offset, Page page) {

        public StreamPosition behind() {
            return new StreamPosition("topic", offset + 1);
        }
    }

    public final List<Entry> log = new ArrayList<>();
    public OnlineLearner learner;
    private final MemoryConfig memory;
    private final Random random;
    private final FeatureEncoder encoder;
    private LearnerPages pages;
    private int lineage = 1;
    private int users = 50;

    public TrainedPages(long seed) {
        this(seed, 4, SCHEMA);
    }

    public TrainedPages(long seed, int dimensions, FeatureSchema schema) {
        this(seed, config(dimensions), schema);
    }

    /** A learner that holds less than it meets. */
    public static TrainedPages within(long seed, long bytes, StoreConfig store) {
        return new TrainedPages(seed, config(8).within(new MemoryBudget(bytes), store), SCHEMA);
    }

    /** A learner with a memory of errors. */
    public static TrainedPages remembering(long seed) {
        return remembering(seed, MemoryMode.RESIDUAL);
    }

    /** A learner with a memory of errors. */
    static TrainedPages remembering(long seed, MemoryMode mode) {
        return remembering(seed, MemoryConfig.DEFAULT.with(mode));
    }

    /** A learner with a memory of errors. */
    static TrainedPages remembering(long seed, MemoryConfig memory) {
        return new TrainedPages(seed, config(4), memory, SCHEMA);
    }

    TrainedPages(long seed, ModelConfig config, FeatureSchema schema) {
        this(seed, config, MemoryConfig.NONE, schema);
    }

    private TrainedPages(long seed, ModelConfig config, MemoryConfig memory, FeatureSchema schema) {
        random = new Random(seed);
        this.memory = memory;
        learner = new OnlineLearner(config, memory, schema);
        encoder = new FeatureEncoder(schema);
        startRun(1);
    }

    /** Goes on as another run with what a checkpoint says, with a memory or without. */
    public void restore(int epoch, MemoryConfig another) throws IOException {
        byte[] piece = LearnerCodec.write(learner, 1)[0];
        learner = new OnlineLearner(config(4), another, learner.schema());
        LearnerCodec.read(piece, learner);
        startRun(epoch);
    }

    static ModelConfig config(int dimensions) {
        return new ModelConfig(dimensions, 0.1, 0.1, 0.05, 1, 1, 0.1, 0, 0, 1, 7);
    }

    /** Goes on with the same model, as after a restore. */
    public void startRun(int epoch) {
        pages = new LearnerPages(learner, new TrainerRun(epoch, lineage));
    }

    /** Begins again from nothing, as another model. */
    public void startAnew(int epoch, int dimensions) {
        startAnew(epoch, config(dimensions));
    }

    /** Begins again from nothing, as another model. */
    void startAnew(int epoch, ModelConfig config) {
        learner = new OnlineLearner(config, memory, learner.schema());
        lineage = epoch;
        startRun(epoch);
    }

    public void learn(int examples) {
        for (int i = 0; i < examples; i++) {
            long time = 1_000L + learner.examples();
            FeatureVector x = new FeatureVector();
            encoder.encode(
                    time,
                    anyUser(),
                    anyContext(),
                    anyItem(),
                    anyFeatures(),
                    random.nextInt(5),
                    StreamedValues.NONE,
                    x);
            float label = random.nextInt(3) == 0 ? 1 : 0;
            learner.observe(
                    new Example(time, "r", "i", x, label, Example.Origin.DIRECT, Float.NaN));
        }
    }

    public void publish() {
        pages.publish(5_000, "", this::append);
        lineage = pages.run().lineage();
    }

    public void append(Page page) {
        log.add(new Entry(log.size(), page));
    }

    /** What compaction leaves of the first entries: of each key the last one. */
    public List<Entry> compacted(int upTo) {
        Map<ByteBuffer, Long> last = new HashMap<>();
        for (Entry entry : log.subList(0, upTo)) {
            last.put(key(entry.page()), entry.offset());
        }
        List<Entry> rest = new ArrayList<>();
        for (Entry entry : log) {
            if (entry.offset() >= upTo || last.get(key(entry.page())) == entry.offset()) {
                rest.add(entry);
            }
        }
        return rest;
    }

    private static ByteBuffer key(Page page) {
        return ByteBuffer.wrap(PageCodec.key(page.kind(), page.id()));
    }

    /** Lets that many users come. */
    public void users(int count) {
        users = count;
    }

    public String anyUser() {
        return "u" + random.nextInt(users);
    }

    public String anyItem() {
        return "i" + random.nextInt(80);
    }

    public Attributes anyContext() {
        return Attributes.builder().put("device", "d" + random.nextInt(3)).build();
    }

    public Attributes anyFeatures() {
        return Attributes.builder()
                .put("genre", "g" + random.nextInt(6))
                .put("genre", "g" + random.nextInt(6))
                .build();
    }

    public RerankRequest anyRequest() {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(new Candidate("i" + (random.nextInt(5) + 5 * i), anyFeatures()));
        }
        return request("r" + random.nextInt(), anyUser(), anyContext(), items);
    }

    public static RerankRequest request(
            String id, String user, Attributes context, List<Candidate> items) {
        return new RerankRequest(
                id, 2_000, user, context, items, 0, false, List.of(), List.of(), 0);
    }

    /** What the learner itself says, candidate by candidate. */
    public double[] expectedScores(RerankRequest request) {
        double[] scores = new double[request.items().size()];
        FeatureVector x = new FeatureVector();
        Arrays.setAll(
                scores,
                i -> {
                    Candidate item = request.items().get(i);
                    encoder.encode(
                            request.timestamp(),
                            request.user(),
                            request.context(),
                            item.id(),
                            item.features(),
                            FeatureEncoder.NEUTRAL_POSITION,
                            StreamedValues.NONE,
                            x);
                    MemoryReading reading = new MemoryReading();
                    learner.predict(x, request.timestamp(), reading);
                    return reading.probability();
                });
        return scores;
    }
}
