package io.sluice.jobs.quickstart;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process. */
final class Memory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    /**
     * The most that was ever resident, bytes: everything on Linux. Elsewhere what the JVM itself
     * has in use now, without native libraries.
     */
    static long peakBytes() {
        try {
            if (Files.isReadable(STATUS)) {
                for (String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith("VmHWM:")) {
                        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            }
        } catch (IOException unreadable) {
            // As on a system without this file.
            return managed();
        }
        return managed();
    }

    private static long managed() {
        var memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted();
    }
}
