package io.sluice.jobs.connect;

import io.sluice.jobs.config.KafkaConfig;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.model.Page;
import io.sluice.state.store.NewestPages;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the model topic once, from its start to the end it had when asked.
 *
 * <p>For looking at what is published; a server follows the topic without end instead. Joins no
 * consumer group and commits nothing. O(records) time, O(1) memory.
 */
public final class ModelTopic {

    private final KafkaConfig kafka;
    private final String topic;

    /** The topic of that name. */
    public ModelTopic(KafkaConfig kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * Gives every page to the visitor, in the order of the topic.
     *
     * @throws IOException when Kafka doesn't answer, the topic is missing or a page is damaged
     */
    public void read(Visitor visitor) throws IOException {
        new CompactedTopic(kafka, topic, "topics.model").read(record -> visit(record, visitor));
    }

    /** The newest publication: its pages in the order of the topic; empty before any. */
    public List<Page> newest() throws IOException {
        NewestPages newest = new NewestPages();
        read((page, bytes) -> newest.add(page));
        return newest.pages();
    }

    private void visit(ConsumerRecord<byte[], byte[]> record, Visitor visitor) throws IOException {
        Page page;
        try {
            page = PageCodec.decode(record.key(), record.value());
        } catch (CorruptStateException e) {
            throw new IOException(
                    "topic '%s', partition %d, offset %d: %s"
                            .formatted(topic, record.partition(), record.offset(), e.getMessage()),
                    e);
        }
        int keyBytes = Math.max(0, record.serializedKeySize());
        visitor.visit(page, keyBytes + Math.max(0, record.serializedValueSize()));
    }

    /** Takes pages. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one page.
         *
         * @param page as published
         * @param bytes of its key and value
         * @throws IOException when the page can't be used
         */
        void visit(Page page, int bytes) throws IOException;
    }
}
