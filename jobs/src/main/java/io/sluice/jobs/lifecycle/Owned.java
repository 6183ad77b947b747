package io.sluice.jobs.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts of something, closed with it in reverse order: first what uses, then what is used. A
 * part that does not close keeps none of the others open. Not thread-safe.
 */
public final class Owned implements AutoCloseable {

    private final String owner;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /**
     * Nothing yet.
     *
     * @param owner who owns the parts, as in "the server"; stands in the error when one fails
     */
    public Owned(String owner) {
        this.owner = owner;
    }

    /** Adds a part, to be closed before those that were added earlier. */
    public <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    /**
     * Closes all parts; again, it does nothing.
     *
     * @throws IllegalStateException when parts did not close: its cause is the first fault, the
     *     others are suppressed
     */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failure == null) {
                    failure = new IllegalStateException(owner + " did not close cleanly", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes all parts because of a fault, which gets what happens on the way as suppressed. */
    public void closeAfter(Exception fault) {
        try {
            close();
        } catch (IllegalStateException e) {
            fault.addSuppressed(e);
        }
    }
}
