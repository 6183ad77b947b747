package io.sluice.jobs.replay;

/** Adds up the time of stretches of work. */
final class Stopwatch {

    private long nanos;
    private long started;

    void start() {
        started = System.nanoTime();
    }

    void stop() {
        nanos += System.nanoTime() - started;
    }

    /** Another watch with the time of both. */
    Stopwatch plus(Stopwatch other) {
        Stopwatch both = new Stopwatch();
        both.nanos = nanos + other.nanos;
        return both;
    }

    /** How many per second; NaN before any time was measured. */
    double perSecond(long count) {
        return nanos == 0 ? Double.NaN : count * 1e9 / nanos;
    }
}
