package io.sluice.jobs.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.config.ServeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFrontTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServeMetrics metrics = new ServeMetrics();
    private final CompletableFuture<Reply> held = new CompletableFuture<>();
    private final CountDownLatch holding = new CountDownLatch(1);
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private HttpFront front;

    @BeforeEach
    void listen() throws IOException {
        endpoints.put("/echo", endpoint(body -> done(Reply.json(200, body))));
        endpoints.put(
                "/hold",
                endpoint(
                        body -> {
                            holding.countDown();
                            return held;
                        }));
        endpoints.put(
                "/fail",
                endpoint(
                        body -> {
                            throw new IllegalStateException("secret detail");
                        }));
        endpoints.put("/health", new HealthEndpoint());
        listen(config(0));
    }

    private void listen(ServeConfig config) throws IOException {
        front = new HttpFront(config, endpoints, metrics);
        front.start();
    }

    @AfterEach
    void close() {
        held.complete(Reply.json(200, new byte[0]));
        front.close();
        metrics.close();
    }

    @Test
    void anUnknownPathIsNotFoundAndTheReplyNamesThoseThatExist() throws Exception {
        assertError(get("/rnak"), 404, "found /rnak, expected one of /echo, /hold, /fail, /health");
    }

    @Test
    void aWrongMethodIsNamedWithTheRightOne() throws Exception {
        HttpResponse<String> response = get("/echo");

        assertError(response, 405, "found method GET, expected POST");
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aBodyThatIsNotJsonIsRefusedByItsType() throws Exception {
        assertError(
                post("/echo", "{}", "Content-Type", "text/csv"),
                415,
                "Content-Type: found text/csv, expected application/json");
        assertError(
                post("/echo", "{}", "Content-Encoding", "gzip"),
                415,
                "Content-Encoding: found gzip, expected none");
        assertThat(post("/echo", "{}", "Content-Type", "application/json; charset=utf-8"))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200);
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWithAndWithoutItsLengthGiven() throws Exception {
        String large = "x".repeat(1025);

        assertError(post("/echo", large), 413, "larger than 1024 bytes (serve.maxBodyBytes)");
        HttpRequest chunked =
                HttpRequest.newBuilder(uri("/echo"))
                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large, UTF_8)))
                        .build();
        assertError(send(chunked), 413, "larger than 1024 bytes (serve.maxBodyBytes)");
        assertThat(post("/echo", "x".repeat(1024)).body()).hasSize(1024);
    }

    @Test
    void moreAtOnceThanAllowedAreToldToComeBack() throws Exception {
        CompletableFuture<HttpResponse<String>> first =
                client.sendAsync(postRequest("/hold", "{}"), BodyHandlers.ofString());
        assertThat(holding.await(30, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> second = post("/echo", "{}");

        assertError(second, 429, "more than 1 requests at once (serve.maxConcurrent)");
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        assertThat(get("/health").statusCode()).isEqualTo(200);

        held.complete(Reply.json(200, "{}".getBytes(UTF_8)));
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(post("/echo", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void whileAllThreadsAreBusyWhatIsBeyondTheBoundIsRefusedAtOnce() throws Exception {
        front.close();
        CountDownLatch release = new CountDownLatch(1);
        endpoints.put(
                "/slow",
                endpoint(
                        body -> {
                            awaitQuietly(release);
                            return CompletableFuture.completedFuture(
                                    Reply.json(200, "{}".getBytes(UTF_8)));
                        }));
        listen(new ServeConfig("127.0.0.1", 0, "unused", 0, 0, 0, 1024, 50, 2, 5, 0, 2000, 1000));
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(client.sendAsync(postRequest("/slow", "{}"), BodyHandlers.ofString()));
        }

        // Two threads, five at once: 25 are told so while nobody has been answered.
        TestClient.await(
                "refusals", () -> all.stream().filter(CompletableFuture::isDone).count() == 25);
        release.countDown();
        Map<Integer, Long> statuses =
                all.stream()
                        .map(CompletableFuture::join)
                        .collect(
                                Collectors.groupingBy(
                                        HttpResponse::statusCode, Collectors.counting()));

        assertThat(statuses).isEqualTo(Map.of(200, 5L, 429, 25L));
    }

    @Test
    void whoNeverFinishesItsBodyTakesNobodysPlace() throws Exception {
        // One is worked on at once; more than that dawdle.
        try (Socket first = dawdler();
                Socket second = dawdler()) {
            assertThat(post("/echo", "{}").statusCode()).isEqualTo(200);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    private Socket dawdler() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
        String begun = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n{\"it";
        socket.getOutputStream().write(begun.getBytes(UTF_8));
        return socket;
    }

    @Test
    void aRequestThatIsBeingAnsweredIsFinishedBeforeTheServerEnds() throws Exception {
        front.close();
        listen(config(0, 60_000)); // longer than any machine takes to see that nobody listens
        CompletableFuture<HttpResponse<String>> first =
                client.sendAsync(postRequest("/hold", "{}"), BodyHandlers.ofString());
        assertThat(holding.await(30, TimeUnit.SECONDS)).isTrue();
        int port = front.port();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(front::close);
        while (isListening(port)) {
            Thread.onSpinWait();
        }

        held.complete(Reply.json(200, "{}".getBytes(UTF_8)));

        assertThat(first.get().statusCode()).isEqualTo(200);
        stop.get();
    }

    @Test
    void whatFollowsAReplyIsWaitedForByNoClientAndByClosing() throws Exception {
        front.close();
        CountDownLatch replied = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean followed = new AtomicBoolean();
        followBy(() -> outlast(begun, replied, followed));
        listen(config(0, 60_000));

        assertThat(post("/later", "{}").statusCode()).isEqualTo(200);
        awaitQuietly(begun);
        replied.countDown();
        front.close();

        assertThat(followed).isTrue();
    }

    private void followBy(Runnable work) {
        endpoints.put("/later", endpoint(body -> done(Reply.json(200, body).then(work))));
    }

    /** Goes on until nobody listens any more. */
    private void outlast(CountDownLatch begun, CountDownLatch replied, AtomicBoolean outlasted) {
        int port = front.port();
        begun.countDown();
        awaitQuietly(replied);
        while (isListening(port)) {
            Thread.onSpinWait();
        }
        outlasted.set(true);
    }

    @Test
    void whatFailsBehindAReplyLeavesTheServerAlone() throws Exception {
        front.close();
        followBy(
                () -> {
                    throw new IllegalStateException();
                });
        listen(config(0));

        assertThat(post("/later", "{}").statusCode()).isEqualTo(200);
        assertThat(post("/later", "{}").statusCode()).isEqualTo(200);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void aFailureInsideTellsNothingAboutTheInside() throws Exception {
        HttpResponse<String> response = post("/fail", "{}");

        assertError(response, 500, "the server failed; its log says why");
        assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(post("/echo", "{}").statusCode()).as("the place was given back").isEqualTo(200);
    }

    @Test
    void whatIsNotHttpGetsAShortReplyAndTheServerGoesOn() throws Exception {
        assertThat(raw("hello\r\n\r\n")).contains("400").doesNotContain("Exception");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"error\":{\"message\":\"Bad Request\"}}")
                .doesNotContain("Exception");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(
                        raw(
                                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .startsWith("HTTP/1.1 400");

        assertThat(get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void everyAnswerIsCountedByPathAndStatus() throws Exception {
        get("/nowhere");
        post("/echo", "{}");
        post("/echo", "{}");

        assertThat(metrics.scrape())
                .contains("sluice_http_requests_seconds_count{path=\"other\",status=\"404\"} 1")
                .contains("sluice_http_requests_seconds_count{path=\"/echo\",status=\"200\"} 2");
    }

    @Test
    void aPortInUseIsNamedWithTheSettingToChange() {
        try (HttpFront second = new HttpFront(config(front.port()), Map.of(), metrics)) {

            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("serve.host and serve.port: cannot listen on 127.0.0.1:")
                    .hasMessageContaining("0 for any free port");
        }
    }

    private interface Body {
        CompletionStage<Reply> answer(byte[] body);
    }

    private static Endpoint endpoint(Body answer) {
        return new Endpoint() {
            @Override
            public String method() {
                return "POST";
            }

            @Override
            public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
                return answer.answer(body);
            }
        };
    }

    private static CompletionStage<Reply> done(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private static ServeConfig config(int port) {
        return config(port, 1000);
    }

    private static ServeConfig config(int port, int drainMs) {
        return new ServeConfig(
                "127.0.0.1", port, "unused", 0, 0, 0, 1024, 10, 2, 1, 0, drainMs, 1000);
    }

    private static void assertError(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).startsWith("{\"error\":{").contains(message);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + front.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpRequest postRequest(String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws Exception {
        return send(postRequest(path, body, headers));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private String raw(String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
