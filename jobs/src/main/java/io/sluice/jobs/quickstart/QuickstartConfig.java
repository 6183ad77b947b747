package io.sluice.jobs.quickstart;

import io.sluice.jobs.config.ConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The configuration that comes with the quick start: {@code config/quickstart.yaml}. */
public final class QuickstartConfig {

    private static final String RESOURCE = "/config/quickstart.yaml";

    private QuickstartConfig() {}

    /** A loader that holds the reference and the quick start's file, for more to be laid over. */
    public static ConfigLoader loader() {
        return new ConfigLoader().text(text(), "quickstart.yaml");
    }

    /** The text of the file. */
    static String text() {
        try (InputStream in = QuickstartConfig.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        RESOURCE + " is missing from the class path; build with Maven");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + RESOURCE, e);
        }
    }
}
