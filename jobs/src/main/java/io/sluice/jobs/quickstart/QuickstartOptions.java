package io.sluice.jobs.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a quick start is run.
 *
 * @param seconds of traffic
 * @param out folder for the page, the log and a configuration to go on with
 * @param json file for the figures; empty: none
 * @param keepData whether what broker, job and server kept on disk stays, below {@code out}
 * @param revision of the sources, for the figures
 */
public record QuickstartOptions(
        double seconds, Path out, Optional<Path> json, boolean keepData, String revision) {}
