package io.sluice.jobs.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A new folder for what broker, job and server keep on disk during a run; closing removes it with
 * all that is in it, unless it is one that stays.
 */
public final class WorkFolder implements AutoCloseable {

    private final Path path;
    private final boolean stays;

    private WorkFolder(Path path, boolean stays) {
        this.path = path;
        this.stays = stays;
    }

    /** A folder where the system has its temporary files, removed in the end. */
    public static WorkFolder temporary(String prefix) throws IOException {
        return new WorkFolder(Files.createTempDirectory(prefix), false);
    }

    /** A folder below another one that stays. */
    public static WorkFolder kept(Path parent, String prefix) throws IOException {
        return new WorkFolder(Files.createTempDirectory(parent, prefix), true);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (!stays) {
            Files.walkFileTree(path, new Remove());
        }
    }

    /** Bears files that vanish meanwhile: whoever used the folder may still be tidying up. */
    private static final class Remove extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException fault)
                throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
