package io.sluice.jobs.replay;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Adds up the time of stretches of work, each done by one thread. */
final class Stopwatch {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long nanos;
    private long started;
    private long processorNanos;
    private long processorStarted;

    void start() {
        started = System.nanoTime();
        processorStarted = THREADS.getCurrentThreadCpuTime();
    }

    void stop() {
        nanos += System.nanoTime() - started;
        processorNanos += THREADS.getCurrentThreadCpuTime() - processorStarted;
    }

    /** How many per second that the thread had a processor; NaN before any time was measured. */
    double perProcessorSecond(long count) {
        return processorNanos == 0 ? Double.NaN : count * 1e9 / processorNanos;
    }

    /** Another watch with the time of both. */
    Stopwatch plus(Stopwatch other) {
        Stopwatch both = new Stopwatch();
        both.nanos = nanos + other.nanos;
        both.processorNanos = processorNanos + other.processorNanos;
        return both;
    }

    /** How many per second; NaN before any time was measured. */
    double perSecond(long count) {
        return nanos == 0 ? Double.NaN : count * 1e9 / nanos;
    }
}
