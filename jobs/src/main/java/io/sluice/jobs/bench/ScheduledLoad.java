package io.sluice.jobs.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Questions on a fixed schedule.
 *
 * <p>Connections take turns and each waits for its reply; a question that finds its connection
 * still waiting is asked late and counts from when it was due.
 */
final class ScheduledLoad {

    private static final int CONNECTIONS = 32;

    private ScheduledLoad() {}

    /** One connection, used by one thread. */
    interface Connection extends Closeable {

        /**
         * Prepares a question before it is due.
         *
         * @param n its number, from 0
         */
        void prepare(long n);

        /**
         * Asks what is prepared and waits for the reply.
         *
         * @return whether the reply is a proper one
         */
        boolean ask() throws IOException;
    }

    /** Opens connections. */
    interface Door {

        /** Opens one. */
        Connection open() throws IOException;
    }

    /**
     * Asks and waits for all replies.
     *
     * @param count of questions
     * @param rate of them, a second
     */
    static Latencies run(Door door, long count, double rate)
            throws IOException, InterruptedException {
        Schedule schedule = Schedule.perSecond(rate);
        List<Thread> threads = new ArrayList<>();
        List<Histogram> histograms = new ArrayList<>();
        AtomicLong failed = new AtomicLong();
        for (int c = 0; c < CONNECTIONS; c++) {
            int first = c;
            Histogram own = Latencies.histogram();
            histograms.add(own);
            Connection connection = door.open();
            threads.add(
                    new Thread(
                            () -> {
                                for (long n = first; n < count; n += CONNECTIONS) {
                                    connection.prepare(n);
                                    schedule.await(n);
                                    if (!isAnswered(connection)) {
                                        failed.incrementAndGet();
                                    }
                                    Latencies.record(own, System.nanoTime() - schedule.due(n));
                                }
                                close(connection);
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

    private static boolean isAnswered(Connection connection) {
        try {
            return connection.ask();
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Nothing more is asked of it.
        }
    }
}
