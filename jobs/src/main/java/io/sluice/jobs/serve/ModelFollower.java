package io.sluice.jobs.serve;

import io.sluice.jobs.connect.TopicsException;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the model topic and folds its pages into a view, in a thread of its own, for as long as the
 * server runs.
 *
 * <p>It goes on from the position that is stored with the rows. A topic that was deleted and made
 * again has another identity: the view is then forgotten and read anew. While Kafka is away the
 * view stays as it is, and the follower asks again after 0.1 s, doubling up to 10 s. A page that
 * cannot be used is counted and logged, and reading goes on; a store that cannot be written to is
 * tried again from its last position.
 */
final class ModelFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long ASK_MS = 500;
    private static final long SHORTEST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final long STOP_MS = 10_000;

    private final ServedModel model;
    private final ServeClients clients;
    private final TopicPartition partition;
    private final long maxLagMs;
    private final Runnable prepareTopics;
    private final ServeMetrics metrics;
    private final EventTimeWaits waits;
    private final Thread thread = new Thread(this::run, "model-follower");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile FollowerStatus status = FollowerStatus.STARTING;
    private volatile Consumer<byte[], byte[]> consumer;
    private long pauseMs = SHORTEST_PAUSE_MS;
    private boolean prepared;

    /**
     * A follower that does not follow yet.
     *
     * @param model the view; nobody else may apply pages to it
     * @param clients how to reach Kafka
     * @param topic the model topic
     * @param maxLagMs {@code serve.readyMaxLagMs}
     * @param prepareTopics creates and checks topics; run once when Kafka answers
     * @param metrics told of each publication
     * @param waits told of each publication, too
     */
    ModelFollower(
            ServedModel model,
            ServeClients clients,
            String topic,
            long maxLagMs,
            Runnable prepareTopics,
            ServeMetrics metrics,
            EventTimeWaits waits) {
        this.model = model;
        this.clients = clients;
        partition = new TopicPartition(topic, 0);
        this.maxLagMs = maxLagMs;
        this.prepareTopics = prepareTopics;
        this.metrics = metrics;
        this.waits = waits;
    }

    /** Starts to read. */
    void start() {
        thread.start();
    }

    /** How far it has come. */
    FollowerStatus status() {
        return status;
    }

    /** Whether requests should be sent to this server. */
    Readiness readiness() {
        return Readiness.of(status, System.currentTimeMillis(), maxLagMs);
    }

    private void run() {
        while (isRunning()) {
            try {
                follow();
            } catch (WakeupException e) {
                // Somebody closes.
            } catch (UnknownTopicOrPartitionException e) {
                report(true, "topic '" + partition.topic() + "' does not exist");
            } catch (RetriableException e) {
                report(false, "Kafka does not answer: " + e.getMessage());
            } catch (KafkaException e) {
                report(false, "Kafka refuses: " + e.getMessage());
            } catch (TopicsException e) {
                report(true, e.getMessage());
            } catch (IOException | RuntimeException e) {
                String problem = "the view cannot be kept: " + e.getMessage();
                if (!problem.equals(status.problem())) {
                    // Once: a full disk is tried again and again until somebody makes room.
                    LOG.error("the view cannot be kept", e);
                }
                report(true, problem);
            }
            pause();
        }
    }

    private void report(boolean reachable, String problem) {
        if (!problem.equals(status.problem())) {
            LOG.warn("{}; trying again", problem);
        }
        status = status.broken(reachable, problem);
    }

    private void pause() {
        try {
            if (stopping.await(pauseMs, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void follow() throws IOException {
        TopicDescription topic = describe();
        if (!prepared) {
            prepare(topic != null);
            topic = topic == null ? describe() : topic;
        }
        if (topic == null) {
            throw new UnknownTopicOrPartitionException();
        }
        if (topic.partitions().size() != 1) {
            throw new IOException(
                    "topic '%s' has %d partitions, expected 1: the order of pages would be lost"
                            .formatted(partition.topic(), topic.partitions().size()));
        }
        String stream = topic.topicId().toString();
        model.rewind();
        if (model.position() != null && !model.position().stream().equals(stream)) {
            LOG.warn("topic '{}' is a new one; reading it from the start", partition.topic());
            model.clear();
        }
        try (Consumer<byte[], byte[]> pages = clients.pages()) {
            consumer = pages;
            read(pages, stream);
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("topic '{}' lost what was read last; reading it again", partition.topic());
            model.clear();
        } finally {
            consumer = null;
        }
    }

    private void read(Consumer<byte[], byte[]> pages, String stream) throws IOException {
        pages.assign(List.of(partition));
        StreamPosition stored = model.position();
        if (stored == null) {
            pages.seekToBeginning(List.of(partition));
        } else {
            pages.seek(partition, stored.next());
        }
        End end = askEnd(pages);
        long endAtStart = end.offset();
        while (isRunning()) {
            for (ConsumerRecord<byte[], byte[]> record : pages.poll(POLL)) {
                fold(record, stream);
            }
            // Against an end asked a moment ago: a topic that is being written to has always moved
            // on when its end is asked right now.
            long at = pages.position(partition);
            long current = at >= end.offset() ? end.askedAtMs() : status.currentMs();
            long lag = Math.max(0, end.offset() - at);
            status = status.at(lag, at >= endAtStart, current);
            pauseMs = SHORTEST_PAUSE_MS;
            if (System.currentTimeMillis() - end.askedAtMs() >= ASK_MS) {
                end = askEnd(pages);
            }
        }
    }

    /** The end of the topic at one moment. */
    private record End(long offset, long askedAtMs) {}

    private End askEnd(Consumer<byte[], byte[]> pages) {
        long now = System.currentTimeMillis();
        return new End(pages.endOffsets(List.of(partition)).get(partition), now);
    }

    private void fold(ConsumerRecord<byte[], byte[]> record, String stream) throws IOException {
        StreamPosition behind = new StreamPosition(stream, record.offset() + 1);
        try {
            if (model.apply(PageCodec.decode(record.key(), record.value()), behind)) {
                metrics.published(model.manifest(), System.currentTimeMillis());
                waits.published();
            }
        } catch (CorruptStateException e) {
            metrics.events("model", "refused").increment();
            LOG.warn("page at offset {} is left out: {}", record.offset(), e.getMessage());
        }
    }

    /** Once Kafka answers; without the other topics the view can be followed all the same. */
    private void prepare(boolean hasModel) {
        try {
            prepareTopics.run();
            prepared = true;
        } catch (TopicsException e) {
            if (!hasModel) {
                throw e;
            }
            prepared = true;
            LOG.warn("{}", e.getMessage());
        }
    }

    /** The model topic; null when there is none. */
    private TopicDescription describe() {
        try (Admin admin = clients.admin()) {
            return admin.describeTopics(List.of(partition.topic()))
                    .topicNameValues()
                    .get(partition.topic())
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e.getCause() instanceof KafkaException kafka
                    ? kafka
                    : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            stopping.countDown();
            throw new WakeupException();
        }
    }

    /** Ends the thread; the view is then nobody's but the caller's. */
    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> pages = consumer;
        if (pages != null) {
            pages.wakeup();
        }
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the follower did not end within {} ms", STOP_MS);
        }
    }
}
