package io.sluice.jobs.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From HTTP to endpoints and back: path, method, media type, size of the body, requests at once.
 *
 * <p>Bodies are read without holding a thread or a place among the requests at once, within a bound
 * of their own and within ten seconds, so slow clients cost memory and nothing else. What is
 * refused is refused before its body is read. The bound on requests at once counts POST alone:
 * health, readiness and metrics are answered under load, too.
 *
 * <p>Requests are answered by threads of their own, and those that wait for one count as being
 * answered. So the threads that speak HTTP never wait for an answer, and refuse at once however
 * long answers take. Since nothing here waits, POST is handled by the very thread that looks after
 * the connections: one hand-over less. What is asked without a body goes to another one of Jetty's.
 */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    /** Bodies on their way at once, for each request that is worked on. */
    private static final int ARRIVING = 4;

    /** For a whole body: a client that sends a byte now and then never lets a connection idle. */
    private static final long BODY_MS = 10_000;

    private final Map<String, Endpoint> endpoints;
    private final int maxBodyBytes;
    private final int maxConcurrent;
    private final Semaphore free;
    private final Semaphore arriving;
    private final Executor workers;
    private final ServeMetrics metrics;
    private final Semaphore following = new Semaphore(Integer.MAX_VALUE); // never all taken

    ApiHandler(
            Map<String, Endpoint> endpoints,
            int maxBodyBytes,
            int maxConcurrent,
            Executor workers,
            ServeMetrics metrics) {
        super(InvocationType.NON_BLOCKING);
        this.workers = workers;
        this.endpoints = endpoints;
        this.maxBodyBytes = maxBodyBytes;
        this.maxConcurrent = maxConcurrent;
        this.metrics = metrics;
        free = new Semaphore(maxConcurrent);
        arriving = new Semaphore(ARRIVING * maxConcurrent);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long arrived = System.nanoTime();
        String path = Request.getPathInContext(request);
        Endpoint endpoint = endpoints.get(path);
        Exchange exchange =
                new Exchange(response, callback, endpoint == null ? "other" : path, arrived);
        if (endpoint == null) {
            exchange.refuse(request, Errors.notFound(path, endpoints.keySet()));
        } else if (!endpoint.method().equals(request.getMethod())) {
            exchange.refuse(request, Errors.wrongMethod(request.getMethod(), endpoint.method()));
        } else if (endpoint.method().equals("POST")) {
            post(request, endpoint, exchange);
        } else {
            getServer()
                    .getThreadPool()
                    .execute(() -> ask(endpoint, request).whenComplete(exchange::finish));
        }
        return true;
    }

    private void post(Request request, Endpoint endpoint, Exchange exchange) {
        Reply refusal = refusal(request);
        if (refusal != null) {
            exchange.refuse(request, refusal);
        } else if (!arriving.tryAcquire()) {
            exchange.refuse(request, Errors.busy(ARRIVING * maxConcurrent));
        } else {
            BodyReader.read(request, maxBodyBytes, BODY_MS)
                    .whenComplete((body, fault) -> arriving.release())
                    .thenCompose(body -> admit(endpoint, body, exchange))
                    .whenComplete(exchange::finish);
        }
    }

    /** A request whose body is there takes its place; one that dawdles takes nobody's. */
    private CompletionStage<Reply> admit(Endpoint endpoint, byte[] body, Exchange exchange) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedFuture(Errors.busy(maxConcurrent));
        }
        return CompletableFuture.completedFuture(body)
                .thenComposeAsync(read -> answer(endpoint, read, exchange), workers)
                .whenComplete((reply, fault) -> free.release());
    }

    private Reply refusal(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type != null && !Reply.JSON.equals(MimeTypes.getContentTypeWithoutCharset(type))) {
            return Errors.wrongMediaType("Content-Type", type, Reply.JSON);
        }
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Errors.wrongMediaType("Content-Encoding", encoding, "none");
        }
        return request.getLength() > maxBodyBytes ? Errors.tooLarge(maxBodyBytes) : null;
    }

    private static CompletionStage<Reply> ask(Endpoint endpoint, Request request) {
        try {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            Request.extractQueryParameters(request)
                    .forEach(each -> parameters.put(each.getName(), each.getValues()));
            return endpoint.ask(parameters);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletionStage<Reply> answer(
            Endpoint endpoint, byte[] body, Exchange exchange) {
        try {
            return endpoint.answer(body, exchange.arrived);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits for what follows replies that are on their way; false when it took too long. */
    boolean awaitFollowing(long patienceMs) {
        try {
            boolean done =
                    following.tryAcquire(Integer.MAX_VALUE, patienceMs, TimeUnit.MILLISECONDS);
            following.release(done ? Integer.MAX_VALUE : 0);
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One request on its way to exactly one reply. */
    private final class Exchange {

        private final Response response;
        private final Callback callback;
        private final String path;
        private final long arrived;

        Exchange(Response response, Callback callback, String path, long arrived) {
            this.response = response;
            this.callback = callback;
            this.path = path;
            this.arrived = arrived;
        }

        /** Answers without reading the body, which may still be on its way. */
        void refuse(Request request, Reply reply) {
            if (request.getLength() != 0) {
                // Said to the client, or it sends its next request into a closed connection.
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            send(reply);
        }

        void finish(Reply reply, Throwable fault) {
            send(fault == null ? reply : failure(fault));
        }

        private Reply failure(Throwable fault) {
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            if (cause instanceof BodyReader.TooLargeException) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                return Errors.tooLarge(maxBodyBytes);
            }
            if (cause instanceof HttpException bad) {
                return Errors.of(bad.getCode(), "the request is not valid HTTP");
            }
            if (cause instanceof TimeoutException) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                return Errors.timeout();
            }
            if (cause instanceof IOException) {
                // The connection is gone; the reply will find nobody, but it is counted.
                return Errors.of(400, "the body ended too early");
            }
            LOG.error("{} failed", path, cause);
            return Errors.internal();
        }

        void send(Reply reply) {
            response.setStatus(reply.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
            reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            metrics.answered(path, reply.status(), System.nanoTime() - arrived);
            following.acquireUninterruptibly();
            try {
                response.write(true, ByteBuffer.wrap(reply.body()), callback);
                follow(reply);
            } finally {
                following.release();
            }
        }

        private void follow(Reply reply) {
            try {
                reply.after().run();
            } catch (RuntimeException e) {
                LOG.error("{} was answered, but what follows failed", path, e);
            }
        }
    }
}
