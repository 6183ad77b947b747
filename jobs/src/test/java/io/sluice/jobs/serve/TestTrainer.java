package io.sluice.jobs.serve;

import io.sluice.state.codec.LearnerPages;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.model.Page;
import io.sluice.state.model.TrainerRun;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A learner of made-up clicks whose pages go to a topic, standing in for the training job. */
public final class TestTrainer {

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));

    private final OnlineLearner learner =
            new OnlineLearner(new ModelConfig(8, 0.1, 0.1, 0.05, 1, 1, 0.1, 0, 0, 1, 7), SCHEMA);
    private final FeatureEncoder encoder = new FeatureEncoder(SCHEMA);
    private final LearnerPages pages = new LearnerPages(learner, new TrainerRun(1, 1));
    private final Random random = new Random(5);

    /** Learns from users u0.. and items i0.. */
    public void learn(int examples) {
        for (int i = 0; i < examples; i++) {
            String item = "i" + random.nextInt(40);
            FeatureVector x = vector("u" + random.nextInt(30), item);
            float label = random.nextInt(3) == 0 ? 1 : 0;
            long time = System.currentTimeMillis();
            learner.observe(
                    new Example(time, "r", item, x, label, Example.Origin.DIRECT, Float.NaN));
        }
    }

    /** Publishes what changed. */
    public void publish(Consumer<Page> out) {
        pages.publish(System.currentTimeMillis(), "", out);
    }

    /**
     * Publishes what changed to a topic, each page once the one before it is there.
     *
     * <p>A broker that has just heard of a topic refuses its first records and may take those
     * behind them; what is sent anew then stands behind its manifest, which closes nothing.
     */
    public void publish(String bootstrap, String topic) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            publish(page -> send(producer, record(topic, page)));
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> page) {
        try {
            producer.send(page).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a page did not reach its topic", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, Page page) {
        return new ProducerRecord<>(
                topic, 0, PageCodec.key(page.kind(), page.id()), PageCodec.value(page));
    }

    /** The learner's own score. */
    public double score(String user, String item) {
        return learner.predict(vector(user, item));
    }

    private FeatureVector vector(String user, String item) {
        FeatureVector x = new FeatureVector();
        encoder.encode(
                0, user, Attributes.EMPTY, item, Attributes.EMPTY, -1, StreamedValues.NONE, x);
        return x;
    }
}
