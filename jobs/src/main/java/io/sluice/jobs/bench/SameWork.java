package io.sluice.jobs.bench;

import java.io.IOException;

/**
 * What the machine itself makes of a load: as much work on the same schedule, in a JVM of its own,
 * with no server, no network and no memory to speak of. A server whose requests cost as much cannot
 * be expected to be faster; where its 99 % point is not far from this one, the processors decide.
 *
 * <p>The work is a number of steps and no stretch of time, so that a processor that is taken away
 * for a while makes it longer, as it does with real work.
 */
final class SameWork implements ScheduledLoad.Connection {

    private static final int STEPS = 1 << 20;
    private static final int MEASURED = 50;

    private final long steps;
    private long state = 1;

    private SameWork(long steps) {
        this.steps = steps;
    }

    /** Work that takes so long on a processor that nobody takes away. */
    static SameWork lasting(double micros) {
        return new SameWork((long) (micros * stepsPerMicro()));
    }

    /**
     * Does it as often as requests were sent.
     *
     * @param count how often
     * @param rate how many a second
     * @param micros of processor time each
     */
    static Latencies measure(int count, double rate, double micros) throws IOException {
        try (ChildJvm jvm =
                new ChildJvm(
                        SameWork.class,
                        Integer.toString(count),
                        Double.toString(rate),
                        Double.toString(micros))) {
            return jvm.hear(Latencies.class);
        }
    }

    /** Works: count, rate, microseconds each. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long steps = lasting(Double.parseDouble(args[2])).steps;
        ChildJvm.tell(
                ScheduledLoad.run(
                        () -> new SameWork(steps),
                        Long.parseLong(args[0]),
                        Double.parseDouble(args[1])));
        ChildJvm.listen();
    }

    /** By the fastest of many measurements: the others were disturbed. */
    private static double stepsPerMicro() {
        SameWork work = new SameWork(STEPS);
        long least = Long.MAX_VALUE;
        for (int n = 0; n < MEASURED; n++) {
            long start = System.nanoTime();
            work.ask();
            least = Math.min(least, System.nanoTime() - start);
        }
        return STEPS * 1e3 / least;
    }

    @Override
    public void prepare(long n) {}

    /** Works; each step needs the one before. */
    @Override
    public boolean ask() {
        long value = state;
        for (long step = 0; step < steps; step++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        state = value;
        return true;
    }

    @Override
    public void close() {}
}
