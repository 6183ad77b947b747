package io.sluice.jobs.bench;

import java.io.IOException;
import java.net.URI;

/**
 * Requests over HTTP on a fixed schedule, from a JVM of their own. Before what counts it sends
 * requests that compile both ends, and waits to be told to go on.
 */
final class LoadProcess implements AutoCloseable {

    /** Requests before those that count, and how many of them a second. */
    static final int WARM_UP = 5_000;

    private static final double WARM_UP_RATE = 500;

    private final ChildJvm jvm;

    /**
     * Starts it and waits until it is warm.
     *
     * @param server to be asked
     * @param from number of the first request; the first that counts is {@link #WARM_UP} later
     * @param count of requests that count
     * @param rate of them, a second
     */
    LoadProcess(URI server, long from, int count, double rate) throws IOException {
        jvm =
                new ChildJvm(
                        LoadProcess.class,
                        server.toString(),
                        Long.toString(from),
                        Integer.toString(count),
                        Double.toString(rate));
        try {
            jvm.hear();
        } catch (IOException e) {
            jvm.close();
            throw e;
        }
    }

    /** Processor time of its threads so far, nanoseconds. */
    long processorNanos() {
        return jvm.processorNanos();
    }

    /** Sends what counts. */
    Latencies run() throws IOException {
        jvm.say("");
        return jvm.hear(Latencies.class);
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }

    /** Asks: server, number of the first request, count, rate. */
    public static void main(String[] args) throws IOException, InterruptedException {
        URI server = URI.create(args[0]);
        long from = Long.parseLong(args[1]);
        ChildJvm.tell(ask(server, from, WARM_UP, WARM_UP_RATE));
        ChildJvm.listen();
        ChildJvm.tell(
                ask(
                        server,
                        from + WARM_UP,
                        Integer.parseInt(args[2]),
                        Double.parseDouble(args[3])));
        ChildJvm.listen();
    }

    private static Latencies ask(URI server, long from, int count, double rate)
            throws IOException, InterruptedException {
        return ScheduledLoad.run(() -> new HttpAsker(server, from), count, rate);
    }

    /** Asks for rankings, from a number on. */
    private static final class HttpAsker implements ScheduledLoad.Connection {

        private final HttpWire wire;
        private final long from;
        private byte[] body = {};

        HttpAsker(URI server, long from) throws IOException {
            wire = new HttpWire(server);
            this.from = from;
        }

        @Override
        public void prepare(long n) {
            body = BenchWorld.request("http", from + n);
        }

        @Override
        public boolean ask() throws IOException {
            return wire.post(body).status() == 200;
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
