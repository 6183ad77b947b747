package io.sluice.jobs.train;

import io.sluice.jobs.config.SluiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a job in its own process keeps its checkpoints: one folder per pipeline and job, in it one
 * per run, and in that {@code chk-<n>}.
 *
 * @param uri of the pipeline's folder
 */
record CheckpointFolder(String uri) {

    static final String NEWEST = "newest";
    static final String NOTHING = "nothing";

    private static final String DEFAULT = "data/checkpoints";

    /** The training job's folder by {@code train.checkpointDir} and the pipeline's name. */
    static CheckpointFolder of(SluiceConfig config) {
        return of(config, config.name());
    }

    /** A folder of this name below {@code train.checkpointDir}. */
    static CheckpointFolder of(SluiceConfig config, String name) {
        String base = config.train().checkpointDir().orElse(DEFAULT);
        String folder = base.endsWith("/") ? base + name : base + "/" + name;
        return new CheckpointFolder(
                isUri(folder)
                        ? folder
                        : Path.of(folder).toAbsolutePath().normalize().toUri().toString());
    }

    private static boolean isUri(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }

    /**
     * What to restore.
     *
     * @param word {@value #NEWEST}, {@value #NOTHING}, or the path or URI of a checkpoint or
     *     savepoint
     * @return empty to begin anew
     */
    Optional<String> startingPoint(String word) {
        return switch (word) {
            case NOTHING -> Optional.empty();
            case NEWEST -> newest();
            default -> Optional.of(word);
        };
    }

    private Optional<String> newest() {
        if (!uri.startsWith("file:")) {
            throw new IllegalArgumentException(
                    "--from must be nothing or the URI of a checkpoint, found newest; it can't be looked for in %s"
                            .formatted(uri));
        }
        Path folder = Path.of(URI.create(uri));
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        // A checkpoint is complete once it has its metadata.
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(CheckpointFolder::modified))
                    .map(file -> file.getParent().toUri().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("can't look for checkpoints in " + folder, e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the time of " + file, e);
        }
    }
}
