package io.sluice.jobs.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;

/** Reads a body as it arrives, without holding a thread, up to a bound. */
final class BodyReader implements Runnable {

    /** The body is larger than allowed. */
    static final class TooLargeException extends Exception {

        private static final long serialVersionUID = 1;

        TooLargeException() {
            super("the body is too large", null, false, false);
        }
    }

    private final Content.Source source;
    private final int limit;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    private BodyReader(Content.Source source, int limit) {
        this.source = source;
        this.limit = limit;
    }

    /**
     * The whole body; fails with {@link TooLargeException}, with a {@link
     * java.util.concurrent.TimeoutException} or with whatever broke the connection.
     *
     * @param patienceMs how long it may take to arrive
     */
    static CompletionStage<byte[]> read(Content.Source source, int limit, long patienceMs) {
        BodyReader reader = new BodyReader(source, limit);
        reader.run();
        return reader.whole.isDone()
                ? reader.whole
                : reader.whole.orTimeout(patienceMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                whole.completeExceptionally(chunk.getFailure());
                return;
            }
            boolean fits = add(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (!fits) {
                whole.completeExceptionally(new TooLargeException());
                return;
            }
            if (last) {
                whole.complete(body.toByteArray());
                return;
            }
        }
    }

    private boolean add(ByteBuffer bytes) {
        if (body.size() + bytes.remaining() > limit) {
            return false;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        body.writeBytes(copy);
        return true;
    }
}
