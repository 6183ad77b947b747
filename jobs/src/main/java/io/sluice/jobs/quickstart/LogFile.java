package io.sluice.jobs.quickstart;

import java.nio.file.Path;

/**
 * Sends what broker, cluster and server log to a file: the console is for the table.
 *
 * <p>Works only before anything has logged in this JVM, as in a process that was started for the
 * quick start; where logging is set up already, or configured from outside, it is left alone.
 */
public final class LogFile {

    private static final String CONFIGURATION = "log4j2.configurationFile";

    /** Read by the logging configuration. */
    private static final String FILE = "sluice.quickstart.log";

    private LogFile() {}

    /** Names the file; nothing is written yet. */
    public static void use(Path file) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(FILE, file.toAbsolutePath().toString());
            System.setProperty(
                    CONFIGURATION, "classpath:io/sluice/jobs/quickstart/log4j2.properties");
        }
    }
}
