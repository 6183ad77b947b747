package io.sluice.operators.train;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.codec.TrainerCodec;
import io.sluice.state.codec.TrainerPiece;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.order.OrderBuffer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/** The training operator's pieces in Flink's raw keyed state: int length, then the piece. */
final class TrainerState {

    private TrainerState() {}

    static void write(
            OnlineLearner learner,
            OrderBuffer buffer,
            TrainerRun run,
            int groups,
            KeyedStateCheckpointOutputStream out)
            throws IOException {
        byte[][] pieces = TrainerCodec.write(learner, buffer, run, groups);
        for (int group : out.getKeyGroupList()) {
            out.startNewKeyGroup(group);
            DataOutputStream piece = new DataOutputStream(out);
            piece.writeInt(pieces[group].length);
            piece.write(pieces[group]);
            piece.flush();
        }
    }

    /** Adds all pieces; the run that wrote them, {@link TrainerRun#NONE} if there are none. */
    static TrainerRun read(
            Iterable<KeyGroupStatePartitionStreamProvider> inputs,
            OnlineLearner learner,
            OrderBuffer buffer)
            throws IOException {
        TrainerRun run = TrainerRun.NONE;
        for (KeyGroupStatePartitionStreamProvider input : inputs) {
            TrainerPiece piece = TrainerCodec.read(readBytes(input));
            LearnerCodec.read(piece.learner(), learner);
            piece.waiting().forEach(buffer::restore);
            run = piece.run().epoch() > run.epoch() ? piece.run() : run;
        }
        return run;
    }

    private static byte[] readBytes(KeyGroupStatePartitionStreamProvider input) throws IOException {
        DataInputStream in = new DataInputStream(input.getStream());
        int length = in.readInt();
        if (length < 0) {
            throw new CorruptStateException(
                    "trainer state: found a piece of %d bytes in key group %d"
                            .formatted(length, input.getKeyGroupId()));
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new CorruptStateException(
                    "trainer state: found %d bytes in key group %d, expected %d"
                            .formatted(bytes.length, input.getKeyGroupId(), length));
        }
        return bytes;
    }
}
