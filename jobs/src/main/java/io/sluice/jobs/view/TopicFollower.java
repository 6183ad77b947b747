package io.sluice.jobs.view;

import io.sluice.jobs.connect.TopicsException;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * Reads a topic and folds its records into a view, in a thread of its own, for as long as it is
 * open.
 *
 * <p>It goes on from the positions that are stored with the view, one for each partition. A topic
 * that was deleted and made again has another identity: the view is then forgotten and read anew.
 * While Kafka is away the view stays as it is, and the follower asks again after 0.1 s, doubling up
 * to 10 s. A record that cannot be used is counted and logged, and reading goes on; a store that
 * cannot be written to is tried again from its last position.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long ASK_MS = 500;
    private static final long SHORTEST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final long STOP_MS = 10_000;

    private final FollowedView view;
    private final ViewClients clients;
    private final String topic;
    private final long maxLagMs;
    private final TopicPreparation preparation;
    private final ViewListener listener;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile FollowerStatus status = FollowerStatus.STARTING;
    private volatile Consumer<byte[], byte[]> consumer;
    private long pauseMs = SHORTEST_PAUSE_MS;
    private boolean absent;

    /**
     * A follower that does not follow yet.
     *
     * @param view what the topic is folded into; nobody else may apply records to it
     * @param clients how to reach Kafka
     * @param topic to read
     * @param maxLagMs {@code serve.readyMaxLagMs}
     * @param preparation creates and checks topics when Kafka answers
     * @param listener told of records that cannot be used
     */
    TopicFollower(
            FollowedView view,
            ViewClients clients,
            String topic,
            long maxLagMs,
            TopicPreparation preparation,
            ViewListener listener) {
        this.view = view;
        this.clients = clients;
        this.topic = topic;
        this.maxLagMs = maxLagMs;
        this.preparation = preparation;
        this.listener = listener;
        thread = new Thread(this::run, view.name() + "-follower");
    }

    /** Starts to read. */
    void start() {
        thread.start();
    }

    /** What the topic carries. */
    public String name() {
        return view.name();
    }

    /** How far it has come. */
    public FollowerStatus status() {
        return status;
    }

    /** Whether the view is current, as far as this topic goes. */
    public Readiness readiness() {
        FollowerStatus now = status;
        return now.absent() && !view.isNeeded()
                ? new Readiness(true, null, -1)
                : Readiness.of(view.name(), now, System.currentTimeMillis(), maxLagMs);
    }

    private void run() {
        while (isRunning()) {
            try {
                follow();
            } catch (WakeupException e) {
                // Somebody closes.
            } catch (UnknownTopicOrPartitionException e) {
                report(true, "topic '" + topic + "' does not exist");
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
                    LOG.error("the {} view cannot be kept", view.name(), e);
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
        status = status.broken(reachable, problem, absent);
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
        TopicDescription described = prepared();
        String stream = described.topicId().toString();
        int partitions = described.partitions().size();
        if (view.partitions() > 0 && partitions != view.partitions()) {
            throw new IOException(
                    "topic '%s' has %d partitions, expected %d: the order of pages would be lost"
                            .formatted(topic, partitions, view.partitions()));
        }
        view.rewind();
        if (isAnother(stream, partitions)) {
            LOG.warn("topic '{}' is a new one; reading it from the start", topic);
            view.clear();
        }
        try (Consumer<byte[], byte[]> records = clients.records(view.name())) {
            consumer = records;
            read(records, stream, partitions);
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("topic '{}' lost what was read last; reading it again", topic);
            view.clear();
        } finally {
            consumer = null;
        }
    }

    private boolean isAnother(String stream, int partitions) throws IOException {
        for (int i = 0; i < partitions; i++) {
            StreamPosition at = view.position(i);
            if (at != null && !at.stream().equals(stream)) {
                return true;
            }
        }
        return false;
    }

    private void read(Consumer<byte[], byte[]> records, String stream, int count)
            throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        records.assign(partitions);
        for (TopicPartition partition : partitions) {
            StreamPosition stored = view.position(partition.partition());
            if (stored == null) {
                records.seekToBeginning(List.of(partition));
            } else {
                records.seek(partition, stored.next());
            }
        }
        End end = askEnd(records, partitions);
        End atStart = end;
        while (isRunning() && !view.isStale()) {
            for (ConsumerRecord<byte[], byte[]> record : records.poll(POLL)) {
                fold(record, stream);
            }
            view.commit(status.caughtUpOnce());
            // Against an end asked a moment ago: a topic that is being written to has always moved
            // on when its end is asked right now.
            long lag = end.behind(records);
            long current = lag == 0 ? end.askedAtMs() : status.currentMs();
            boolean caughtUp = status.caughtUpOnce() || atStart.behind(records) == 0;
            status = status.at(lag, caughtUp, current);
            pauseMs = SHORTEST_PAUSE_MS;
            if (System.currentTimeMillis() - end.askedAtMs() >= ASK_MS) {
                if (records.partitionsFor(topic).size() != count) {
                    LOG.info("topic '{}' has more partitions now; reading those, too", topic);
                    return;
                }
                end = askEnd(records, partitions);
            }
        }
    }

    /** The end of each partition at one moment. */
    private record End(Map<TopicPartition, Long> offsets, long askedAtMs) {

        /** Records between where the reader is and this end. */
        long behind(Consumer<byte[], byte[]> reader) {
            long behind = 0;
            for (Map.Entry<TopicPartition, Long> each : offsets.entrySet()) {
                behind += Math.max(0, each.getValue() - reader.position(each.getKey()));
            }
            return behind;
        }
    }

    private static End askEnd(Consumer<byte[], byte[]> records, List<TopicPartition> partitions) {
        long now = System.currentTimeMillis();
        return new End(records.endOffsets(partitions), now);
    }

    private void fold(ConsumerRecord<byte[], byte[]> record, String stream) throws IOException {
        try {
            view.apply(record, new StreamPosition(stream, record.offset() + 1));
        } catch (CorruptStateException e) {
            listener.refused(view.name());
            LOG.warn(
                    "topic '{}', partition {}, offset {} is left out: {}",
                    topic,
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    /** The topic, once all topics were created and checked. */
    private TopicDescription prepared() {
        TopicDescription described = describe();
        if (described == null) {
            preparation.run();
            described = describe();
        } else {
            // Without the other topics this one can be followed all the same.
            preparation.tryToRun();
        }
        if (described == null) {
            throw new UnknownTopicOrPartitionException();
        }
        return described;
    }

    /** The topic; null when there is none. */
    private TopicDescription describe() {
        try (Admin admin = clients.admin()) {
            absent = false;
            return admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                absent = true;
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
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the {} follower did not end within {} ms", view.name(), STOP_MS);
        }
    }
}
