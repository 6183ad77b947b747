package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.Outcome;
import io.sluice.state.join.PendingRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinStateCodecsTest {

    private static final Impression IMPRESSION =
            new Impression(
                    "r",
                    10_000,
                    "u",
                    Attributes.builder().put("age", 35).build(),
                    List.of(
                            new ShownItem("a", 0, 0.5, Double.NaN, Attributes.EMPTY),
                            new ShownItem("b", 1, Double.NaN, Double.NaN, Attributes.EMPTY)),
                    "1.5");
    private static final Feedback CLICK = new Feedback("r", 9_000, "u", "a", "click", Double.NaN);
    private static final SourceRecord SOURCE =
            new SourceRecord("feedback", 3, 42, 9_001, null, new byte[] {7, -1});

    @Test
    void arrivalsKeepTheirOriginalBytes() throws IOException {
        Arrival back = roundTrip(new ArrivalCodec(), new Arrival(CLICK, SOURCE));

        assertSame(back, new Arrival(CLICK, SOURCE));
    }

    @Test
    void whatASourceHandsOutComesBackWhetherReadOrRefused() throws IOException {
        DeadLetter letter = SOURCE.reject(Reason.NOT_JSON, "why");

        Incoming read = roundTrip(new IncomingCodec(), new Arrival(IMPRESSION, SOURCE));
        Incoming refused = roundTrip(new IncomingCodec(), new Incoming.Refused(letter));

        assertSame(read, new Arrival(IMPRESSION, SOURCE));
        assertSame(refused, new Incoming.Refused(letter));
    }

    @Test
    void findingsOfTheJoinComeBackAsTheyWere() throws IOException {
        Impression one = JoinOutput.reduce(IMPRESSION, List.of(IMPRESSION.items().get(1)));
        List<JoinOutput> outputs =
                List.of(
                        new JoinOutput.Shown(IMPRESSION),
                        new JoinOutput.Assumed(10_300, one),
                        new JoinOutput.Answered(10_400, one, "click", Double.NaN),
                        new JoinOutput.Labelled(10_500, one, 1));

        for (JoinOutput output : outputs) {
            assertThat(roundTrip(new JoinOutputCodec(), output)).isEqualTo(output);
        }
    }

    @Test
    void aShownRequestRemembersOutcomesAndWhatWasGiven() throws IOException {
        PendingRequest back = roundTrip(new PendingRequestCodec(), shown());

        assertThat(back.impression()).isEqualTo(IMPRESSION);
        assertThat(back.outcome(0)).isEqualTo(Outcome.POSITIVE);
        assertThat(back.outcome(1)).isEqualTo(Outcome.OPEN);
        assertThat(back.give(0, "click")).as("given before").isFalse();
        assertThat(back.give(1, "click")).as("not given before").isTrue();
    }

    @Test
    void waitingFeedbackKeepsItsOrder() throws IOException {
        PendingRequest waiting = new PendingRequest();
        waiting.waiting().add(new Arrival(CLICK, SOURCE));
        waiting.waiting().add(new Arrival(new Feedback("r", 1, "", "b", "buy", 2.5), SOURCE));

        PendingRequest back = roundTrip(new PendingRequestCodec(), waiting);

        assertThat(back.impression()).isNull();
        assertSame(back.waiting(), waiting.waiting());
    }

    @Test
    void bytesCutAnywhereAreRefused() throws IOException {
        byte[] bytes = bytes(new PendingRequestCodec(), shown());

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(new PendingRequestCodec(), cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOfAny(EOFException.class, CorruptStateException.class);
        }
    }

    @Test
    void anInnerFormatOfANewerReleaseIsNamed() throws IOException {
        byte[] bytes = bytes(new PendingRequestCodec(), shown());
        bytes[1] = 9;

        assertThatThrownBy(() -> read(new PendingRequestCodec(), bytes))
                .hasMessage("stream-event: version 9 found, this build reads 1 to 2");
    }

    /**
     * pending-request-v1b.bin is {@code shown()}, written once with stream events of version 2;
     * pending-request-v1.bin is the same with those of version 1, which knew no memory.
     */
    @Test
    void readsTheBytesOfBothVersionsOfEventsAndStillWritesThoseOfTheNewer() throws IOException {
        PendingRequest old = read(new PendingRequestCodec(), golden("pending-request-v1.bin"));
        assertThat(old.impression()).isEqualTo(IMPRESSION);

        byte[] newer = golden("pending-request-v1b.bin");
        assertThat(read(new PendingRequestCodec(), newer).impression()).isEqualTo(IMPRESSION);
        assertThat(bytes(new PendingRequestCodec(), shown())).isEqualTo(newer);
    }

    private byte[] golden(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }

    /** Field by field, arrays by content, NaN equal to itself. */
    private static void assertSame(Object actual, Object expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(expected);
    }

    static PendingRequest shown() {
        PendingRequest pending = new PendingRequest();
        pending.show(IMPRESSION);
        pending.give(0, "click");
        pending.give(0, "buy");
        pending.settle(0, Outcome.POSITIVE);
        return pending;
    }

    private static <T> T roundTrip(StateCodec<T> codec, T value) throws IOException {
        return read(codec, bytes(codec, value));
    }

    static <T> byte[] bytes(StateCodec<T> codec, T value) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(buffer));
        return buffer.toByteArray();
    }

    private static <T> T read(StateCodec<T> codec, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        T back = codec.read(codec.version(), in);
        assertThat(in.available()).as("bytes left over").isZero();
        return back;
    }
}
