package io.sluice.state.codec;

import io.sluice.state.model.TrainerRun;
import io.sluice.state.order.OrderBuffer;
import java.util.List;

/**
 * One key group's part of the training operator's state.
 *
 * @param run that wrote it
 * @param learner the group's part of the learner, as {@link LearnerCodec} wrote it
 * @param waiting the group's part of the order buffer, in order
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record TrainerPiece(TrainerRun run, byte[] learner, List<OrderBuffer.Entry> waiting) {}
