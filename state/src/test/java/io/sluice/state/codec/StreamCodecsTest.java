package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ReplyRecord;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.learner.Scored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamCodecsTest {

    private static final Attributes BAG =
            Attributes.builder().put("ü", "日本").put("n", -1.5).put("g", "a").put("g", "").build();

    @Test
    void streamEventsComeBackAsTheyWere() throws IOException {
        List<StreamEvent> events =
                List.of(
                        new Impression(
                                "r",
                                1,
                                "",
                                BAG,
                                List.of(
                                        new ShownItem("a", 0, 0.5, 0.25, BAG),
                                        new ShownItem(
                                                "b", 1, Double.NaN, Double.NaN, Attributes.EMPTY)),
                                "1.5"),
                        new Feedback("r", 2, "u", "a", "click", Double.NaN),
                        new Interaction("", 3, "u", "i", 1, -2.5, BAG, Attributes.EMPTY));

        for (StreamEvent event : events) {
            assertThat(roundTrip(new StreamEventCodec(), event)).isEqualTo(event);
        }
    }

    @Test
    void learnerEventsComeBackAsTheyWere() throws IOException {
        for (LearnerEvent event : RandomStream.withAssumptions(RandomStream.events(2, 50))) {
            assertThat(roundTrip(new LearnerEventCodec(), event)).isEqualTo(event);
        }
    }

    @Test
    void scoredExamplesComeBackAsTheyWere() throws IOException {
        Scored scored = new Scored(5, 6, "r", "i", 0.25f, 0.5f, 1, 10);

        assertThat(roundTrip(new ScoredCodec(), scored)).isEqualTo(scored);
    }

    @Test
    void deadLettersComeBackWithTheirBytes() throws IOException {
        DeadLetter letter =
                new DeadLetter("t", 1, 2, null, new byte[] {0, -1}, Reason.NOT_JSON, "why");

        DeadLetter back = roundTrip(new DeadLetterCodec(), letter);

        assertThat(back.key()).isNull();
        assertThat(back.value()).containsExactly(0, -1);
        assertThat(back).usingRecursiveComparison().isEqualTo(letter);
    }

    @Test
    void requestsAndRepliesComeBackWithTheirBytes() throws IOException {
        SourceRecord asked = new SourceRecord("t", 1, 2, 3, null, new byte[] {0, -1});
        ReplyRecord reply = new ReplyRecord(1, 2, "r", true, new byte[] {5}, null);

        assertThat(roundTrip(new SourceRecordCodec(), asked))
                .usingRecursiveComparison()
                .isEqualTo(asked);
        assertThat(roundTrip(new ReplyRecordCodec(), reply))
                .usingRecursiveComparison()
                .isEqualTo(reply);
    }

    @Test
    void aReplyToNobodyIsRefused() throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(buffer);
        out.writeInt(1);
        out.writeLong(2);
        Fields.writeText(" ", out);
        out.writeBoolean(false);
        Fields.writeBytes(new byte[0], out);
        Fields.writeBytes(null, out);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(buffer.toByteArray()));

        assertThatThrownBy(() -> new ReplyRecordCodec().read(1, in))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("request");
    }

    private static <T> T roundTrip(StateCodec<T> codec, T value) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(buffer));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(buffer.toByteArray()));
        T back = codec.read(codec.version(), in);
        assertThat(in.available()).as("bytes left over").isZero();
        return back;
    }
}
