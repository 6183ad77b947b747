package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.ScopeUpdate;
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

class EntityCodecsTest {

    private static final long[] RECORD = {10_001, -1, Long.MIN_VALUE, 0};
    private static final EntityMessage CHANGE =
            new EntityMessage.Change(
                    new ScopeUpdate(200, -7, 10_000, 5, 0b101, new long[] {1, -2}), true);

    @Test
    void messagesToEntitiesComeBackAsTheyWere() throws IOException {
        EntityMessage question = new EntityMessage.Question(3, 9, 10_000, "r1@10000");

        assertThat(roundTrip(new EntityMessageCodec(), question)).isEqualTo(question);
        assertThat(roundTrip(new EntityMessageCodec(), CHANGE))
                .usingRecursiveComparison()
                .isEqualTo(CHANGE);
    }

    @Test
    void answersComeBackWithTheirRecords() throws IOException {
        EntityAnswers answers =
                new EntityAnswers(
                        "r1",
                        List.of(
                                new EntityAnswers.Found(0, 5, RECORD),
                                new EntityAnswers.Found(255, -5, null)));

        assertThat(roundTrip(new EntityAnswersCodec(), answers))
                .usingRecursiveComparison()
                .isEqualTo(answers);
    }

    @Test
    void pagesComeBackWhetherTheyHoldARecordOrTakeItAway() throws IOException {
        for (EntityPage page :
                List.of(new EntityPage(99, 4, 5, RECORD), new EntityPage(0, 4, 5, null))) {
            assertThat(roundTrip(new EntityPageStreamCodec(), page))
                    .usingRecursiveComparison()
                    .isEqualTo(page);
        }
    }

    @Test
    void messagesCutAnywhereAreRefused() throws IOException {
        byte[] bytes = bytes(new EntityMessageCodec(), CHANGE);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(new EntityMessageCodec(), cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aTagOrALengthThatCannotBeIsNamed() throws IOException {
        byte[] message = bytes(new EntityMessageCodec(), CHANGE);
        message[0] = 4;
        byte[] record = bytes(new EntityRecordCodec(), RECORD);
        record[0] = -1;

        assertThatThrownBy(() -> read(new EntityMessageCodec(), message))
                .isInstanceOf(CorruptStateException.class)
                .hasMessage("entity message: found tag 4, expected 1 to 3");
        assertThatThrownBy(() -> read(new EntityRecordCodec(), record))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("expected 0 to 1048576");
    }

    /** The files hold {@link #RECORD} and {@link #CHANGE}, written once by version 1. */
    @Test
    void readsAndStillWritesTheBytesOfVersionOne() throws IOException {
        assertThat(bytes(new EntityRecordCodec(), RECORD)).isEqualTo(golden("entity-record"));
        assertThat(read(new EntityRecordCodec(), golden("entity-record"))).isEqualTo(RECORD);
        assertThat(bytes(new EntityMessageCodec(), CHANGE)).isEqualTo(golden("entity-message"));
        assertThat(read(new EntityMessageCodec(), golden("entity-message")))
                .usingRecursiveComparison()
                .isEqualTo(CHANGE);
    }

    private byte[] golden(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/golden/" + name + "-v1.bin")) {
            return in.readAllBytes();
        }
    }

    private static <T> byte[] bytes(StateCodec<T> codec, T value) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(buffer));
        return buffer.toByteArray();
    }

    private static <T> T read(StateCodec<T> codec, byte[] bytes) throws IOException {
        return codec.read(codec.version(), new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static <T> T roundTrip(StateCodec<T> codec, T value) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(codec, value)));
        T back = codec.read(codec.version(), in);
        assertThat(in.available()).as("bytes left over").isZero();
        return back;
    }
}
