package io.sluice.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.ReplyRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {

    private final MockProducer<byte[], byte[]> impressions = producer();
    private final MockProducer<byte[], byte[]> replies = producer();
    private final ReplyWriter writer = new ReplyWriter(impressions, replies, "shown", "replies");

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(
                false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ReplyRecord reply(String impression) {
        return new ReplyRecord(
                3, 14, "r", true, bytes("reply"), impression == null ? null : bytes(impression));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theReplyFollowsItsImpressionAndSaysWhereTheRequestStands() throws Exception {
        writer.write(reply("shown"), null);

        assertThat(impressions.history()).hasSize(1);
        assertThat(replies.history()).isEmpty();
        impressions.completeNext();
        assertThat(replies.history()).hasSize(1);
        assertThat(replies.history().get(0).value()).isEqualTo(bytes("reply"));
        assertThat(ReplyPlace.read(replies.history().get(0).headers()))
                .isEqualTo(new ReplyPlace(3, 14));
        replies.completeNext();
        writer.flush(false);
    }

    @Test
    void whatShowedNothingIsRepliedToAtOnce() throws Exception {
        writer.write(reply(null), null);

        assertThat(impressions.history()).isEmpty();
        assertThat(replies.history()).hasSize(1);
    }

    @Test
    void whatIsTooLargeDoesNotComeBackWithEveryRestart() throws Exception {
        writer.write(reply("shown"), null);
        impressions.errorNext(new RecordTooLargeException("large"));
        replies.errorNext(new RecordTooLargeException("large"));

        assertThat(new String(replies.history().get(1).value(), StandardCharsets.UTF_8))
                .contains("\"request\":\"r\"")
                .contains("more than its topic takes")
                .contains("\"replayed\":true");
        replies.completeNext();
        writer.flush(false);
    }

    @Test
    void anythingElseFailsTheJob() throws Exception {
        writer.write(reply(null), null);
        replies.errorNext(new TimeoutException("no broker"));

        assertThatThrownBy(() -> writer.flush(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no broker");
        assertThatThrownBy(() -> writer.write(reply(null), null)).isInstanceOf(IOException.class);
    }
}
