package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.KeyGroups;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.order.OrderBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The training operator's state as bytes: learner, order buffer and epoch, one piece for each key
 * group.
 *
 * <p>Body, version 3: int epoch, int lineage, the learner's piece, int waiting events, each with
 * its number of arrival. Version 1 had no lineage, which reads as 0; version 3 is version 2 with
 * learners that have a memory of errors. A waiting event belongs to the group of its request's
 * hash. Equal states give equal bytes.
 */
public final class TrainerCodec {

    private static final Framing FRAMING = new Framing("trainer state", 0x534c5431, 3);
    private static final LearnerEventCodec EVENTS = new LearnerEventCodec();

    private TrainerCodec() {}

    /** Writes all groups; element g holds group g. */
    public static byte[][] write(
            OnlineLearner learner, OrderBuffer buffer, TrainerRun run, int groups) {
        byte[][] learnerPieces = LearnerCodec.write(learner, groups);
        List<List<OrderBuffer.Entry>> waiting = new ArrayList<>(groups);
        for (int group = 0; group < groups; group++) {
            waiting.add(new ArrayList<>());
        }
        for (OrderBuffer.Entry entry : buffer.sorted()) {
            waiting.get(groupOf(entry.event(), groups)).add(entry);
        }
        byte[][] pieces = new byte[groups][];
        for (int group = 0; group < groups; group++) {
            pieces[group] = write(new TrainerPiece(run, learnerPieces[group], waiting.get(group)));
        }
        return pieces;
    }

    private static int groupOf(LearnerEvent event, int groups) {
        return KeyGroups.of(Hashing.text(0, event.request()), groups);
    }

    private static byte[] write(TrainerPiece piece) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(buffer);
            out.writeInt(piece.run().epoch());
            out.writeInt(piece.run().lineage());
            Fields.writeBytes(piece.learner(), out);
            out.writeInt(piece.waiting().size());
            for (OrderBuffer.Entry entry : piece.waiting()) {
                out.writeLong(entry.arrival());
                Nested.write(EVENTS, entry.event(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return FRAMING.wrap(buffer.toByteArray());
    }

    /** Reads one group's piece. */
    public static TrainerPiece read(byte[] bytes) throws IOException {
        Framing.Body body = FRAMING.unwrap(bytes);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body.bytes()));
        int epoch = in.readInt();
        int lineage = body.version() == 1 ? 0 : in.readInt();
        byte[] learner = Fields.readBytes(in);
        if (epoch < 1 || lineage < 0 || lineage > epoch || learner == null) {
            throw new CorruptStateException(
                    "trainer state: found epoch %d, lineage %d and %s learner, expected epoch 1 or more, lineage up to it and one"
                            .formatted(epoch, lineage, learner == null ? "no" : "a"));
        }
        int count = Fields.readCount("trainer state", in);
        List<OrderBuffer.Entry> waiting = new ArrayList<>(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            long arrival = in.readLong();
            waiting.add(new OrderBuffer.Entry(Nested.read(EVENTS, in), arrival));
        }
        if (in.available() > 0) {
            throw new CorruptStateException(
                    "trainer state: found %d bytes behind the end".formatted(in.available()));
        }
        return new TrainerPiece(new TrainerRun(epoch, lineage), learner, waiting);
    }
}
