package io.sluice.jobs.serve;

import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.EntityScope;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.feature.stream.StreamState;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Made-up behaviour whose records go to a topic, standing in for the features job. */
public final class TestFeatures {

    /** For {@code --set}; the features beside user and item. */
    public static final String SETTING =
            "streaming=[{name: user_count, kind: count, scope: [user]},"
                    + " {name: item_rate, kind: rate, scope: [item]},"
                    + " {name: met, kind: flag, scope: [user, item]},"
                    + " {name: last, kind: last, scope: [user], field: item, size: 3}]";

    private final FeatureSchema schema;
    private final StreamState state;
    private final StreamReader reader;
    private final StreamedValues values;
    private final StreamedAttributes names;
    private final Random random = new Random(3);

    public TestFeatures(FeatureSchema schema) {
        this.schema = schema;
        StreamPlan plan = StreamPlan.of(schema);
        state = new StreamState(plan);
        reader = new StreamReader(plan, state.tables());
        values = new StreamedValues(schema);
        names = new StreamedAttributes(schema);
    }

    /** Users u0.. meet items i0.. until a time. */
    public void happen(int facts, long until) {
        for (int i = facts; i > 0; i--) {
            state.add(
                    new Fact(
                            Fact.OUTCOME,
                            "",
                            until - i,
                            "u" + random.nextInt(5),
                            Attributes.EMPTY,
                            "i" + random.nextInt(8),
                            Attributes.EMPTY,
                            random.nextInt(2),
                            Double.NaN));
        }
        state.advance(until);
    }

    /** All records, keyed by entity so that Kafka spreads them. */
    public void publish(String topic, Consumer<ProducerRecord<byte[], byte[]>> out) {
        for (EntityScope scope : StreamPlan.of(schema).scopes()) {
            state.tables()
                    .table(scope.index())
                    .forEach(
                            (key, record) -> {
                                EntityPage page =
                                        new EntityPage(
                                                schema.fingerprint(), scope.index(), key, record);
                                out.accept(
                                        new ProducerRecord<>(
                                                topic,
                                                EntityPageCodec.key(page),
                                                EntityPageCodec.value(page)));
                            });
        }
    }

    /** What an impression's context should carry. */
    Attributes context(long time, String user) {
        reader.request(time, user, Attributes.EMPTY, values);
        return names.withRequest(Attributes.EMPTY, values);
    }

    /** What an item should carry, of the request last asked for. */
    Attributes features(String item) {
        reader.item(item, Attributes.EMPTY, values);
        return names.withItem(Attributes.EMPTY, values);
    }
}
