package io.sluice.operators.rerank;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which requests a task may be reading for the second time, after a failure or a restart.
 *
 * <p>Those that were on their topic when it started may have been answered by whoever ran before.
 * Of those, the ones with a reply behind the position of the checkpoint are known to be answered.
 * For the others a reply may still be on its way from a process that is dying: they are answered,
 * and marked. What came after the start was read by nobody else.
 *
 * <p>Holds 24 bytes or so for each request answered since the checkpoint, until the task has passed
 * them. Not thread-safe.
 */
final class Repeats {

    private final Map<Integer, Long> ends;
    private final Map<Integer, Set<Long>> answered = new HashMap<>();

    private Repeats(Map<Integer, Long> ends) {
        this.ends = ends;
    }

    /** After a start without a checkpoint: nothing is known of the replies. */
    static Repeats unknown(ReplyHistory history) throws IOException {
        return new Repeats(history.requestEnds());
    }

    /**
     * After a start from a checkpoint.
     *
     * @param positions of the replies then
     */
    static Repeats since(Map<Integer, Long> positions, ReplyHistory history) throws IOException {
        Repeats repeats = new Repeats(history.requestEnds());
        history.replies(
                positions,
                (partition, offset) ->
                        repeats.answered
                                .computeIfAbsent(partition, p -> new HashSet<>())
                                .add(offset));
        return repeats;
    }

    /** Whether a request has its reply; asked once for each. */
    boolean takeAnswered(int partition, long offset) {
        Set<Long> known = answered.get(partition);
        return known != null && known.remove(offset);
    }

    /** Whether somebody else may have read a request before. */
    boolean mayBeRead(int partition, long offset) {
        return offset < ends.getOrDefault(partition, 0L);
    }
}
