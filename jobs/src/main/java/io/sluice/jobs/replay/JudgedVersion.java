package io.sluice.jobs.replay;

import io.sluice.state.model.Manifest;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The published version that lists were judged by.
 *
 * @param file it was read from
 * @param manifest of the version
 * @param known lists that it may have learnt, which are not judged
 * @param computed judged lists whose streaming features were computed from the log, since none of
 *     its schema were logged with them
 */
record JudgedVersion(Path file, Manifest manifest, long known, long computed) {

    /** Why there is no estimate. */
    String nothingLeft() {
        return "--data must hold lists of two items or more that are later than %s, which the version in --model has learnt, found none"
                .formatted(Instant.ofEpochMilli(manifest.eventTime()));
    }
}
