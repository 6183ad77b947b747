package io.sluice.jobs.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Speaks to a server by hand, well or badly, and expects an answer with a reason: a hang is a
 * failure after ten seconds. Not thread-safe.
 */
final class HostileClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 10_000;

    private static final List<String> HEADS =
            List.of(
                    "GET /rank HTTP/1.1\r\nHost: a\r\n\r\n",
                    "PUT /rank HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                    "BREW /rank HTTP/1.1\r\nHost: a\r\n\r\n",
                    "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
                    "POST /../../etc/passwd HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                    "POST /rank%00 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Length: 1e9\r\n\r\n",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
                    "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                    "POST /rank HTTP/1.1\r\n\r\n",
                    "POST /rank HTTP/9.9\r\nHost: a\r\n\r\n",
                    "GET /metrics?x=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    "GET /features?user=a HTTP/1.1\r\nHost: a\r\n\r\n",
                    "no HTTP at all\r\n\r\n",
                    "\u0000\u0001\u0002\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
                    "GET /" + "z".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");

    private final URI server;
    private final Random random;
    private Socket socket;
    private InputStream in;

    HostileClient(URI server, long seed) {
        this.server = server;
        random = new Random(seed);
    }

    /** A reply; without a status when the server just closed. */
    private record Reply(int status, String body, boolean closes) {}

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    /** Sends a body in proper HTTP; true when it was accepted. */
    boolean post(String path, byte[] body, String means) throws IOException {
        connect();
        String head =
                "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, body.length);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        Reply reply = exchange(whole.toByteArray());
        if (reply.status() == 0 && body.length > 4096) {
            // Refused while the body was on its way; the reply went down with the connection.
            return false;
        }
        assertThat(reply.status()).as(means + ": " + reply.body()).isIn(200, 202, 400, 413);
        JsonNode json = JSON.readTree(reply.body());
        if (reply.status() >= 400) {
            assertThat(json.at("/error/message").asText()).as(means).isNotBlank();
            assertThat(reply.body()).as(means).doesNotContain("Exception");
            return false;
        }
        assertThat(json.has("items") || json.has("accepted")).as(means).isTrue();
        return true;
    }

    /** Sends what is not proper HTTP, or not what is asked for. */
    void misbehave(String means) throws IOException {
        String head = HEADS.get(random.nextInt(HEADS.size()));
        connect();
        Reply reply = exchange(head.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reply.status()).as(means + ": " + head.lines().findFirst()).isGreaterThan(199);
        if (reply.status() >= 400) {
            assertThat(JSON.readTree(reply.body()).at("/error/message").asText())
                    .as(means)
                    .isNotBlank();
        }
        close();
    }

    /** Promises more than it sends, and goes. */
    void leave(byte[] body) throws IOException {
        connect();
        String head =
                "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length + 10);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        close();
    }

    private Reply exchange(byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            Reply reply = read();
            if (reply.closes()) {
                close();
            }
            return reply;
        } catch (SocketException e) {
            close();
            return new Reply(0, "", true);
        }
    }

    private Reply read() throws IOException {
        String status = line();
        if (status == null) {
            return new Reply(0, "", true);
        }
        int length = 0;
        boolean closes = false;
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
            closes |= header.equals("connection: close");
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(status.substring(9, 12)), body, closes);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
