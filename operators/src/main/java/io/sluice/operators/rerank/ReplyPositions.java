package io.sluice.operators.rerank;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the replies had come, for checkpoints. Kafka is asked by a thread of its own, so that no
 * request waits for its answer: a checkpoint takes the one to the question of the checkpoint
 * before. An earlier position only makes the next start read more. For one thread.
 */
final class ReplyPositions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyPositions.class);

    private final ReplyHistory history;
    private final ExecutorService asker =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, "reply-positions");
                        thread.setDaemon(true);
                        return thread;
                    });
    private Map<Integer, Long> known;
    private Future<Map<Integer, Long>> asked; // null: nobody has asked

    private ReplyPositions(ReplyHistory history, Map<Integer, Long> known) {
        this.history = history;
        this.known = Map.copyOf(known);
    }

    /** Where they are now; waits for the answer. */
    static ReplyPositions now(ReplyHistory history) throws IOException {
        return new ReplyPositions(history, history.replyEnds());
    }

    /** Where they were at a checkpoint. */
    static ReplyPositions restored(ReplyHistory history, Map<Integer, Long> known) {
        return new ReplyPositions(history, known);
    }

    /** What is known, for a checkpoint, which is waited for by requests. */
    Map<Integer, Long> atCheckpoint() throws InterruptedException {
        if (asked != null && asked.isDone()) {
            take();
        }
        if (asked == null) {
            asked = asker.submit(history::replyEnds);
        }
        return known;
    }

    private void take() throws InterruptedException {
        try {
            known = Map.copyOf(asked.get());
        } catch (ExecutionException | CancellationException e) {
            LOG.warn("the end of the replies is not known: {}", e.getMessage());
        }
        asked = null;
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}
