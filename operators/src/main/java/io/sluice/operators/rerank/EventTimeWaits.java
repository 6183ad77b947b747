package io.sluice.operators.rerank;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Requests that wait until the view reflects an event time. A waiting request holds no thread: it
 * is woken by the publication that it waits for, or by the time at which it stops to wait.
 *
 * <p>Each publication looks at all that wait, O(waiting); {@code serve.maxConcurrent} bounds them.
 * Thread-safe.
 */
public final class EventTimeWaits implements AutoCloseable {

    private final LongSupplier reflected;
    private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Nobody waits yet.
     *
     * @param reflected the event time that the view reflects; {@link Long#MIN_VALUE} while it
     *     reflects none
     */
    public EventTimeWaits(LongSupplier reflected) {
        this.reflected = reflected;
    }

    /**
     * Waits.
     *
     * @param eventTime to wait for, epoch milliseconds
     * @param patienceMs how long at most
     * @return whether it was reached in time; completed by the thread that publishes or by a timer,
     *     so what follows belongs on another one
     */
    public CompletionStage<Boolean> await(long eventTime, long patienceMs) {
        Wait wait = new Wait(eventTime, new CompletableFuture<>());
        waiting.add(wait);
        // Asked after the wait is there, or the publication between the two would wake nobody.
        if (reflected.getAsLong() >= eventTime) {
            wait.outcome().complete(true);
        } else if (closed || patienceMs <= 0) {
            wait.outcome().complete(false);
        } else {
            wait.outcome().completeOnTimeout(false, patienceMs, TimeUnit.MILLISECONDS);
        }
        return wait.outcome().whenComplete((reached, fault) -> waiting.remove(wait));
    }

    /** The view has changed. */
    public void published() {
        long now = reflected.getAsLong();
        for (Wait wait : waiting) {
            if (wait.eventTime() <= now) {
                wait.outcome().complete(true);
            }
        }
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    /** Nobody waits any longer. */
    @Override
    public void close() {
        closed = true;
        waiting.forEach(wait -> wait.outcome().complete(false));
    }

    /** Compared by identity of the future: two requests may wait for one time. */
    private record Wait(long eventTime, CompletableFuture<Boolean> outcome) {}
}
