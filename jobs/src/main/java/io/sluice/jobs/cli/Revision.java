package io.sluice.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which sources this program was built from; goes into every JSON report.
 *
 * @param version the Maven version, for instance {@code 0.1.0}
 * @param commit the git commit the build saw, or {@code unknown} when built outside a checkout
 * @param dirty whether the checkout had changes that were not committed
 */
public record Revision(String version, String commit, boolean dirty) {
    private static final String RESOURCE = "revision.properties";

    /** Reads the revision written by the build; deterministic, so callers may keep it. */
    public static Revision current() {
        Properties properties = new Properties();
        try (InputStream in = Revision.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        RESOURCE + " is missing beside Revision.class; build with Maven");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + RESOURCE, e);
        }
        return new Revision(
                properties.getProperty("version"),
                properties.getProperty("revision"),
                Boolean.parseBoolean(properties.getProperty("dirty")));
    }

    /** The commit, marked when the sources differ from it: {@code 1a2b3c…-dirty}. */
    public String describe() {
        return dirty ? commit + "-dirty" : commit;
    }
}
