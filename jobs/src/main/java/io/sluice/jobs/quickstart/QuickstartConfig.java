package io.sluice.jobs.quickstart;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.files.Resources;

/** The configuration that comes with the quick start: {@code config/quickstart.yaml}. */
public final class QuickstartConfig {

    private QuickstartConfig() {}

    /** A loader that holds the reference and the quick start's file, for more to be laid over. */
    public static ConfigLoader loader() {
        return new ConfigLoader()
                .text(Resources.text("/config/quickstart.yaml"), "quickstart.yaml");
    }
}
