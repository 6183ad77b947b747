package io.sluice.jobs.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that stays open, spoken to in the few words of HTTP that a benchmark needs: a
 * client library would be half of what is measured. Not thread-safe.
 */
final class HttpWire implements Closeable {

    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final String head;

    /** Connects. */
    HttpWire(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
        head =
                "POST /rank HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\n"
                        .formatted(server.getHost(), server.getPort());
    }

    /** A reply: its status and its body. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Reply(int status, byte[] body) {}

    /** Sends a request and waits for its reply. */
    Reply post(byte[] body) throws IOException {
        byte[] start =
                (head + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        socket.getOutputStream().write(whole);
        return read();
    }

    private Reply read() throws IOException {
        String status = line();
        int length = 0;
        String header = line();
        while (!header.isEmpty()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).trim());
            }
            header = line();
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the reply ended after " + body.length + " bytes");
        }
        return new Reply(Integer.parseInt(status.substring(9, 12)), body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
