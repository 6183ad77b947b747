package io.sluice.state.store;

import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.EntityScope;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Made-up behaviour, and the features topic of three partitions that its records go to. */
public final class StreamedPages {

    public static final int PARTITIONS = 3;

    private static final long HOUR = 3_600_000;
    private static final List<FeatureSpec> DECLARED =
            List.of(
                    FeatureSpec.of("user", Source.USER, "", Kind.ID),
                    FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                    FeatureSpec.of("device", Source.CONTEXT, "device", Kind.CATEGORY),
                    FeatureSpec.of("genre", Source.FEATURES, "genre", Kind.CATEGORIES),
                    FeatureSpec.of("price", Source.FEATURES, "price", Kind.NUMBER));

    /** All kinds, several scopes, one that begins anew after a pause. */
    public static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    DECLARED,
                    List.of(
                            feature("user_count", StreamingKind.COUNT, "user"),
                            feature("user_rate", StreamingKind.RATE, "user"),
                            feature("item_rate", StreamingKind.RATE, "item"),
                            feature("item_trend", StreamingKind.TREND, "item"),
                            feature("item_share", StreamingKind.SHARE, "item"),
                            feature("item_window", StreamingKind.WINDOW, "item"),
                            feature("met", StreamingKind.FLAG, "user", "item"),
                            feature("met_ago", StreamingKind.RECENCY, "user", "item"),
                            feature("taste", StreamingKind.RATE, "user", "genre"),
                            feature("on_device", StreamingKind.RATE, "device", "item"),
                            feature("last_items", StreamingKind.LAST, "user"),
                            feature("same_genre", StreamingKind.OVERLAP, "user"),
                            feature("user_price", StreamingKind.MEAN, "user"),
                            feature("price_off", StreamingKind.DISTANCE, "user"),
                            feature("together", StreamingKind.TOGETHER, "item"),
                            feature("beside", StreamingKind.BESIDE, "item"),
                            session("session_count", "user")));

    /** A record of the topic. */
    @SuppressWarnings("ArrayRecordComponent") // carried through, never compared
    public record Entry(int partition, long offset, byte[] key, byte[] value) {

        public StreamPosition behind() {
            return new StreamPosition("topic", offset + 1);
        }
    }

    public final List<Entry> log = new ArrayList<>();
    public final StreamPlan plan;
    public final StreamState state;
    private final Random random;
    private final long[] ends = new long[PARTITIONS];
    private final Map<RecordKey, byte[]> published = new HashMap<>();
    private long now = 1_000_000 * HOUR;

    public StreamedPages(long seed) {
        this(seed, SCHEMA);
    }

    public StreamedPages(long seed, FeatureSchema schema) {
        random = new Random(seed);
        plan = StreamPlan.of(schema);
        state = new StreamState(plan);
    }

    private static StreamingFeature feature(String name, StreamingKind kind, String... scope) {
        return feature(name, kind, 0, scope);
    }

    private static StreamingFeature session(String name, String... scope) {
        return feature(name, StreamingKind.COUNT, HOUR / 2, scope);
    }

    private static StreamingFeature feature(
            String name, StreamingKind kind, long gapMs, String... scope) {
        String field =
                switch (kind) {
                    case LAST -> "item";
                    case OVERLAP -> "genre";
                    case MEAN, DISTANCE -> "price";
                    default -> "";
                };
        return new StreamingFeature(
                name,
                kind,
                List.of(scope),
                FactSource.OUTCOMES,
                null,
                field,
                8 * HOUR,
                kind == StreamingKind.WINDOW ? 4 * HOUR : 0,
                kind.isSized() ? 5 : 0,
                2,
                gapMs,
                24 * HOUR);
    }

    /** The time up to which the stream has come. */
    public long now() {
        return now;
    }

    /** Lets things happen, and publishes what changed by them. */
    public void happen(int facts) {
        for (int i = 0; i < facts; i++) {
            now += random.nextInt(1_000_000);
            state.add(
                    new Fact(
                            Fact.OUTCOME | Fact.IMPRESSION,
                            "",
                            now,
                            anyUser(),
                            anyContext(),
                            anyItem(),
                            anyFeatures(),
                            random.nextInt(3) == 0 ? 1 : 0,
                            Double.NaN));
        }
        state.advance(now + 1);
        now++;
        publish();
    }

    private void publish() {
        Set<RecordKey> gone = new HashSet<>(published.keySet());
        for (EntityScope scope : plan.scopes()) {
            state.tables()
                    .table(scope.index())
                    .forEach(
                            (key, record) -> {
                                EntityPage page = page(scope.index(), key, record.clone());
                                gone.remove(new RecordKey(EntityPageCodec.key(page)));
                                publishIfNew(page);
                            });
        }
        for (RecordKey key : gone) {
            published.remove(key);
            append(key.bytes(), null);
        }
    }

    private EntityPage page(int scope, long key, long[] record) {
        return new EntityPage(plan.schema().fingerprint(), scope, key, record);
    }

    private void publishIfNew(EntityPage page) {
        byte[] key = EntityPageCodec.key(page);
        byte[] value = EntityPageCodec.value(page);
        if (!Arrays.equals(value, published.put(new RecordKey(key), value))) {
            append(key, value);
        }
    }

    public void append(byte[] key, byte[] value) {
        int partition = Math.floorMod(Arrays.hashCode(key), PARTITIONS);
        log.add(new Entry(partition, ends[partition]++, key, value));
    }

    /** What compaction leaves of the first entries: of each key the last one. */
    public List<Entry> compacted(int upTo) {
        Map<RecordKey, Integer> last = new HashMap<>();
        for (int i = 0; i < upTo; i++) {
            last.put(new RecordKey(log.get(i).key()), i);
        }
        List<Entry> rest = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            Entry entry = log.get(i);
            if (i >= upTo || last.get(new RecordKey(entry.key())) == i) {
                rest.add(entry);
            }
        }
        return rest;
    }

    /** Folds entries and commits now and then. */
    public static void fold(ServedEntities entities, List<Entry> entries) throws Exception {
        int count = 0;
        for (Entry entry : entries) {
            entities.apply(entry.partition(), entry.key(), entry.value(), entry.behind());
            if (++count % 100 == 0) {
                entities.commit();
            }
        }
        entities.commit();
    }

    public String anyUser() {
        return "u" + random.nextInt(30);
    }

    public String anyItem() {
        return "i" + random.nextInt(50);
    }

    public Attributes anyContext() {
        return Attributes.builder().put("device", "d" + random.nextInt(3)).build();
    }

    public Attributes anyFeatures() {
        return Attributes.builder()
                .put("genre", "g" + random.nextInt(6))
                .put("genre", "g" + random.nextInt(6))
                .put("price", random.nextInt(100) / 4.0)
                .build();
    }
}
