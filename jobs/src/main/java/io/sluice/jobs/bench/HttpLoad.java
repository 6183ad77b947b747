package io.sluice.jobs.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Requests over HTTP on a fixed schedule.
 *
 * <p>Connections take turns and each waits for its reply; a request that finds its connection still
 * waiting is sent late and counts from when it was due.
 */
final class HttpLoad {

    private static final int CONNECTIONS = 32;

    private final URI server;
    private final LongFunction<byte[]> bodies;

    /**
     * A load.
     *
     * @param bodies the n-th request
     */
    HttpLoad(URI server, LongFunction<byte[]> bodies) {
        this.server = server;
        this.bodies = bodies;
    }

    /** Sends requests {@code from} to {@code from + count} and waits for all replies. */
    Latencies run(long from, long count, double rate) throws IOException, InterruptedException {
        Schedule schedule = Schedule.perSecond(rate);
        List<Thread> threads = new ArrayList<>();
        List<Histogram> histograms = new ArrayList<>();
        AtomicLong failed = new AtomicLong();
        for (int c = 0; c < CONNECTIONS; c++) {
            int first = c;
            Histogram own = Latencies.histogram();
            histograms.add(own);
            HttpWire wire = new HttpWire(server);
            threads.add(
                    new Thread(
                            () -> {
                                for (long n = first; n < count; n += CONNECTIONS) {
                                    failed.addAndGet(
                                            one(wire, bodies.apply(from + n), schedule, n));
                                    Latencies.record(own, System.nanoTime() - schedule.due(n));
                                }
                                close(wire);
                            },
                            "load-" + c));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Histogram all = Latencies.histogram();
        histograms.forEach(all::add);
        return Latencies.of(all, failed.get());
    }

    private static int one(HttpWire wire, byte[] body, Schedule schedule, long n) {
        schedule.await(n);
        try {
            return wire.post(body).status() == 200 ? 0 : 1;
        } catch (IOException e) {
            return 1;
        }
    }

    private static void close(HttpWire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            // Nothing more is asked of it.
        }
    }
}
