package io.sluice.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The processor time of this process and of those that it has started: what a load cost, whoever
 * else uses the machine, and whether what the load before left to be done is done.
 */
final class Quiet {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Less than this share of one processor in a second is quiet: polls, and no work. */
    private static final double SHARE = 0.4;

    private static final long LOOK_MS = 1000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private Quiet() {}

    /**
     * Processor time of all threads so far, nanoseconds; a process that has ended counts no more.
     */
    static long processorNanos() {
        return SYSTEM.getProcessCpuTime()
                + ProcessHandle.current()
                        .children()
                        .flatMap(child -> child.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum();
    }

    /** Waits until nothing is left to be done, or for a minute. */
    static void await() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        double share = 1;
        while (share > SHARE && System.nanoTime() < end) {
            long processor = processorNanos();
            long clock = System.nanoTime();
            Thread.sleep(LOOK_MS);
            share = (double) (processorNanos() - processor) / (System.nanoTime() - clock);
        }
    }
}
