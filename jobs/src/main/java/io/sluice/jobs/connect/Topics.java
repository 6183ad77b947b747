package io.sluice.jobs.connect;

import io.sluice.jobs.config.KafkaConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TopicsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and checks those that are there.
 *
 * <p>The model topic is compacted and has one partition: it is the whole model at any time, and a
 * manifest closes what stands before it. The topics of streaming features, items and users are
 * compacted, too, with any number of partitions: their records stand for themselves. The others
 * keep records for a time; a compacted events topic would lose all but one event of a user. Dead
 * letters may be larger than the records that other topics take.
 */
public final class Topics {

    /** Bytes of key and value of a dead letter; what is beyond is cut off. */
    static final int DEAD_LETTER_BYTES = 16 << 20;

    /** A dead letter with its headers and Kafka's own framing. */
    static final int LARGEST_DEAD_LETTER = DEAD_LETTER_BYTES + (64 << 10);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Topics() {}

    /** The topics that training reads and writes. */
    public static void ensureForTraining(SluiceConfig config) {
        TopicsConfig topics = config.topics();
        List<TopicPlan> plans = new ArrayList<>(inputs(config));
        plans.add(model(topics));
        plans.add(events(topics, topics.scores()));
        plans.add(events(topics, topics.drift()));
        plans.add(deadLetters(topics));
        ensure(config.kafka(), topics.create(), plans);
    }

    /** The topics that the features job reads and writes. */
    public static void ensureForFeatures(SluiceConfig config) {
        TopicsConfig topics = config.topics();
        List<TopicPlan> plans = new ArrayList<>(inputs(config));
        plans.add(tables(topics, topics.features()));
        plans.add(deadLetters(topics));
        ensure(config.kafka(), topics.create(), plans);
    }

    /** The topics that the rerank job reads and writes, beside those of its view. */
    public static void ensureForReranking(SluiceConfig config) {
        TopicsConfig topics = config.topics();
        ensure(
                config.kafka(),
                topics.create(),
                List.of(
                        events(topics, topics.rerankRequests()),
                        events(topics, topics.rerankReplies()),
                        events(topics, topics.impressions()),
                        deadLetters(topics)));
    }

    /** Topics of events, whoever reads them. */
    public static void ensureForEvents(SluiceConfig config, Collection<String> names) {
        TopicsConfig topics = config.topics();
        ensure(
                config.kafka(),
                topics.create(),
                names.stream().map(name -> events(topics, name)).toList());
    }

    /** Topics of what is known of items and users. */
    public static void ensureForCatalogue(SluiceConfig config, Collection<String> names) {
        TopicsConfig topics = config.topics();
        ensure(
                config.kafka(),
                topics.create(),
                names.stream().map(name -> tables(topics, name)).toList());
    }

    /** The topics that the server reads and writes. */
    public static void ensureForServing(SluiceConfig config) {
        TopicsConfig topics = config.topics();
        ensure(
                config.kafka(),
                topics.create(),
                List.of(
                        model(topics),
                        tables(topics, topics.items()),
                        tables(topics, topics.users()),
                        tables(topics, topics.features()),
                        events(topics, topics.impressions()),
                        events(topics, topics.feedback())));
    }

    /** All topics; missing ones are created whatever {@code topics.create} says. */
    public static void create(SluiceConfig config) {
        ensure(config.kafka(), true, all(config.topics()));
    }

    /** All topics; missing ones are faults whatever {@code topics.create} says. */
    public static void check(SluiceConfig config) {
        ensure(config.kafka(), false, all(config.topics()));
    }

    private static List<TopicPlan> all(TopicsConfig topics) {
        return List.of(
                events(topics, topics.impressions()),
                events(topics, topics.feedback()),
                events(topics, topics.interactions()),
                tables(topics, topics.items()),
                tables(topics, topics.users()),
                tables(topics, topics.features()),
                model(topics),
                events(topics, topics.rerankRequests()),
                events(topics, topics.rerankReplies()),
                events(topics, topics.scores()),
                events(topics, topics.drift()),
                deadLetters(topics));
    }

    private static List<TopicPlan> inputs(SluiceConfig config) {
        return KafkaSources.inputTopics(config).stream()
                .map(name -> events(config.topics(), name))
                .toList();
    }

    private static TopicPlan events(TopicsConfig topics, String name) {
        return new TopicPlan(name, topics.partitions(), topics.replication(), false, false, 0);
    }

    /** A compacted topic: the newest record of each key, spread by key. */
    private static TopicPlan tables(TopicsConfig topics, String name) {
        return new TopicPlan(name, topics.partitions(), topics.replication(), true, false, 0);
    }

    private static TopicPlan model(TopicsConfig topics) {
        return new TopicPlan(topics.model(), 1, topics.replication(), true, true, 0);
    }

    private static TopicPlan deadLetters(TopicsConfig topics) {
        return new TopicPlan(
                topics.deadLetters(),
                topics.partitions(),
                topics.replication(),
                false,
                false,
                LARGEST_DEAD_LETTER);
    }

    private static void ensure(KafkaConfig kafka, boolean create, List<TopicPlan> plans) {
        Admin admin = Admin.create(kafka.clientProperties());
        try {
            Set<String> existing = get(admin.listTopics().names(), kafka);
            List<TopicPlan> missing =
                    plans.stream().filter(plan -> !existing.contains(plan.name())).toList();
            List<String> faults = new ArrayList<>();
            if (create) {
                createAll(admin, kafka, missing);
            } else {
                missing.forEach(plan -> faults.add(missing(plan)));
            }
            check(
                    admin,
                    kafka,
                    plans.stream().filter(plan -> existing.contains(plan.name())).toList(),
                    faults);
            if (!faults.isEmpty()) {
                throw new TopicsException(faults);
            }
        } finally {
            // Waits for what is under way; after a timeout that would be as long again.
            admin.close(Duration.ofSeconds(1));
        }
    }

    private static String missing(TopicPlan plan) {
        return "topic '%s' is missing; set topics.create: true, run 'topics create', or create it with %s"
                .formatted(plan.name(), plan.settings());
    }

    private static void createAll(Admin admin, KafkaConfig kafka, List<TopicPlan> missing) {
        List<NewTopic> topics =
                missing.stream()
                        .map(
                                plan ->
                                        new NewTopic(
                                                        plan.name(),
                                                        plan.partitions(),
                                                        (short) plan.replication())
                                                .configs(plan.settings()))
                        .toList();
        admin.createTopics(topics)
                .values()
                .forEach(
                        (name, created) -> {
                            try {
                                get(created, kafka);
                            } catch (TopicExistsException somebodyWasFaster) {
                                // Another process of ours starts at the same time.
                            }
                        });
        awaitLeaders(admin, kafka, missing.stream().map(TopicPlan::name).toList());
    }

    /** A producer that meets a topic without leaders may write its first records out of order. */
    private static void awaitLeaders(Admin admin, KafkaConfig kafka, List<String> names) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!haveLeaders(admin, kafka, names)) {
            if (System.nanoTime() > end) {
                throw new TopicsException(
                        List.of(
                                "new topics %s have no leader; check the brokers"
                                        .formatted(names)));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        askLeaders(admin, kafka, names);
    }

    /**
     * A leader is named before the broker has taken its office. A producer that comes in between
     * has its first batch refused and its second taken, and then neither order nor sequence numbers
     * can be put right. Asking for offsets is repeated by the client until every leader answers.
     */
    private static void askLeaders(Admin admin, KafkaConfig kafka, List<String> names) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        get(admin.describeTopics(names).allTopicNames(), kafka)
                .forEach(
                        (name, topic) ->
                                topic.partitions()
                                        .forEach(
                                                partition ->
                                                        ends.put(
                                                                new TopicPartition(
                                                                        name,
                                                                        partition.partition()),
                                                                OffsetSpec.latest())));
        get(admin.listOffsets(ends).all(), kafka);
    }

    private static boolean haveLeaders(Admin admin, KafkaConfig kafka, List<String> names) {
        // Listed first: asking for a topic that a broker has not heard of yet is an error.
        return get(admin.listTopics().names(), kafka).containsAll(names)
                && get(admin.describeTopics(names).allTopicNames(), kafka).values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.leader() != null);
    }

    private static void check(
            Admin admin, KafkaConfig kafka, List<TopicPlan> plans, List<String> faults) {
        List<String> names = plans.stream().map(TopicPlan::name).toList();
        Map<String, TopicDescription> described =
                get(admin.describeTopics(names).allTopicNames(), kafka);
        Map<String, Config> settings = settings(admin, kafka, names);
        for (TopicPlan plan : plans) {
            check(plan, described.get(plan.name()), settings.get(plan.name()), faults);
        }
    }

    private static void check(
            TopicPlan plan, TopicDescription topic, Config settings, List<String> faults) {
        String cleanup = settings.get("cleanup.policy").value();
        if (!plan.accepts(cleanup)) {
            faults.add(
                    "topic '%s': cleanup.policy must be %s, found %s"
                            .formatted(
                                    plan.name(), plan.settings().get("cleanup.policy"), cleanup));
        }
        if (plan.singlePartition() && topic.partitions().size() != 1) {
            faults.add(
                    "topic '%s' must have 1 partition, found %d; delete it or choose another name, training fills it again"
                            .formatted(plan.name(), topic.partitions().size()));
        }
        int largest = Integer.parseInt(settings.get("max.message.bytes").value());
        if (largest < plan.largestRecord()) {
            faults.add(
                    "topic '%s': max.message.bytes must be at least %d, found %d"
                            .formatted(plan.name(), plan.largestRecord(), largest));
        }
    }

    private static Map<String, Config> settings(
            Admin admin, KafkaConfig kafka, List<String> names) {
        List<ConfigResource> resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        Map<String, Config> settings = new HashMap<>();
        get(admin.describeConfigs(resources).all(), kafka)
                .forEach((resource, config) -> settings.put(resource.name(), config));
        return settings;
    }

    private static <T> T get(KafkaFuture<T> future, KafkaConfig kafka) {
        try {
            return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            throw new TopicsException(
                    "Kafka at %s refused: %s"
                            .formatted(kafka.bootstrap(), e.getCause().getMessage()),
                    e);
        } catch (TimeoutException e) {
            throw new TopicsException(
                    "Kafka at %s did not answer within %d s; check kafka.bootstrap and kafka.properties"
                            .formatted(kafka.bootstrap(), TIMEOUT.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicsException("interrupted while asking Kafka", e);
        }
    }
}
