package io.sluice.jobs.bench;

import io.sluice.jobs.config.SluiceConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Requests through the topics of the rerank job on a fixed schedule. */
final class TopicLoad {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SluiceConfig config;
    private final LongFunction<byte[]> bodies;
    private final String prefix;

    /**
     * A load.
     *
     * @param bodies the n-th request, whose id is the record's key
     * @param prefix of the keys, behind which stands n
     */
    TopicLoad(SluiceConfig config, LongFunction<byte[]> bodies, String prefix) {
        this.config = config;
        this.bodies = bodies;
        this.prefix = prefix;
    }

    /** Sends requests {@code from} to {@code from + count} and waits for all replies. */
    Latencies run(long from, int count, double rate) throws InterruptedException {
        Properties settings = config.kafka().clientProperties();
        try (KafkaConsumer<byte[], byte[]> replies =
                        new KafkaConsumer<>(
                                settings,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> requests =
                        new KafkaProducer<>(
                                settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            String topic = config.topics().rerankReplies();
            List<TopicPartition> partitions =
                    replies.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            replies.assign(partitions);
            replies.seekToEnd(partitions);
            partitions.forEach(replies::position);
            var unused = requests.partitionsFor(config.topics().rerankRequests());
            Schedule schedule = Schedule.perSecond(rate);
            Thread sender = new Thread(() -> send(requests, schedule, from, count), "topic-load");
            sender.start();
            Latencies latencies = receive(replies, schedule, from, count);
            sender.join();
            return latencies;
        }
    }

    private void send(
            KafkaProducer<byte[], byte[]> requests, Schedule schedule, long from, int count) {
        String topic = config.topics().rerankRequests();
        for (int n = 0; n < count; n++) {
            byte[] key = (prefix + (from + n)).getBytes(StandardCharsets.US_ASCII);
            byte[] body = bodies.apply(from + n);
            schedule.await(n);
            var unused = requests.send(new ProducerRecord<>(topic, key, body));
        }
    }

    private Latencies receive(
            KafkaConsumer<byte[], byte[]> replies, Schedule schedule, long from, int count) {
        Histogram histogram = Latencies.histogram();
        boolean[] seen = new boolean[count];
        int missing = count;
        long failed = 0;
        long end = schedule.due(count) + PATIENCE_NANOS;
        while (missing > 0 && System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : replies.poll(POLL)) {
                long now = System.nanoTime();
                int n = number(record.key(), from);
                if (n < 0 || n >= count || seen[n]) {
                    continue;
                }
                seen[n] = true;
                missing--;
                Latencies.record(histogram, now - schedule.due(n));
                failed +=
                        new String(record.value(), StandardCharsets.UTF_8).contains("error")
                                ? 1
                                : 0;
            }
        }
        return Latencies.of(histogram, failed + missing);
    }

    private int number(byte[] key, long from) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.startsWith(prefix)
                ? (int) (Long.parseLong(text.substring(prefix.length())) - from)
                : -1;
    }
}
