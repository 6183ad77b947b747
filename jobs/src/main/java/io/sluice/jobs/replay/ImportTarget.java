package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.KafkaSources;
import io.sluice.jobs.connect.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics that history goes to. They are empty before, and hold exactly what was sent
 * afterwards: so history stands before everything else in every partition, once. Topics of items
 * and users that hold something already are somebody's, and left as they are.
 */
final class ImportTarget {

    /** What to do after an import that left a part of its events. */
    static final String START_AGAIN =
            "to start again, delete %s, run 'topics create', and import before anything else is sent";

    private final SluiceConfig pipeline;
    private final Set<String> topics;
    private final Map<String, Long> left;
    private final Map<TopicPartition, TopicRange> before;

    private ImportTarget(
            SluiceConfig pipeline,
            Set<String> topics,
            Map<String, Long> left,
            Map<TopicPartition, TopicRange> before) {
        this.pipeline = pipeline;
        this.topics = topics;
        this.left = left;
        this.before = before;
    }

    /**
     * Checks the topics that the jobs read, and creates them where {@code topics.create} says so.
     *
     * @param behaviour whether interactions are sent, even if no job reads them yet
     * @param catalogue topics of items and users for which there is something
     * @throws IllegalStateException when one holds anything
     */
    static ImportTarget open(SluiceConfig pipeline, boolean behaviour, Set<String> catalogue)
            throws IOException {
        Set<String> topics = new TreeSet<>(KafkaSources.inputTopics(pipeline));
        if (behaviour) {
            topics.add(pipeline.topics().interactions());
        }
        Topics.ensureForEvents(pipeline, topics);
        Topics.ensureForCatalogue(pipeline, catalogue);
        Map<String, Long> left = lengths(TopicRange.of(pipeline.kafka(), catalogue));
        catalogue.stream().filter(topic -> !left.containsKey(topic)).forEach(topics::add);
        Map<TopicPartition, TopicRange> before = TopicRange.of(pipeline.kafka(), topics);
        ImportTarget target = new ImportTarget(pipeline, topics, left, before);
        target.checkEmpty();
        return target;
    }

    /** How much topics hold, without those that hold nothing. */
    private static Map<String, Long> lengths(Map<TopicPartition, TopicRange> ranges) {
        Map<String, Long> found = new TreeMap<>();
        ranges.forEach(
                (partition, range) -> {
                    if (range.length() > 0) {
                        found.merge(partition.topic(), range.length(), Long::sum);
                    }
                });
        return found;
    }

    /** Whether a topic is one that history goes to. */
    boolean takes(String topic) {
        return topics.contains(topic);
    }

    /** Topics of items and users that hold something already, and how much. */
    Map<String, Long> left() {
        return left;
    }

    private void checkEmpty() {
        Map<String, Long> found = lengths(before);
        if (!found.isEmpty()) {
            throw new IllegalStateException(
                    "topics must be empty before an import, found records by topic %s; history has to stand first in every partition. After an import that was cut off there is no going on; %s"
                            .formatted(found, startAgain()));
        }
    }

    /** In words. */
    String startAgain() {
        return START_AGAIN.formatted(String.join(", ", topics));
    }

    /**
     * Holds the partitions to what Kafka took from this import.
     *
     * @throws IllegalStateException when a record is missing or somebody else's is there
     */
    void verify(Map<TopicPartition, Long> taken) throws IOException {
        List<String> faults = new ArrayList<>();
        TopicRange.of(pipeline.kafka(), topics)
                .forEach(
                        (partition, after) -> {
                            TopicRange was = before.getOrDefault(partition, new TopicRange(0, 0));
                            long own = taken.getOrDefault(partition, 0L);
                            TopicRange expected = new TopicRange(was.begin(), was.end() + own);
                            if (!after.equals(expected)) {
                                faults.add(
                                        "%s must hold offsets %d to %d, found %d to %d"
                                                .formatted(
                                                        partition,
                                                        expected.begin(),
                                                        expected.end(),
                                                        after.begin(),
                                                        after.end()));
                            }
                        });
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "the topics don't hold what was sent: %s. More: something else sent during the import; a later beginning: the topic's retention is too short for the history. %s"
                            .formatted(String.join("; ", faults), startAgain()));
        }
    }
}
