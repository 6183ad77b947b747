package io.sluice.jobs.quickstart;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A new folder for what broker, job and server keep on disk; closing removes it unless told not to.
 */
final class Scratch implements AutoCloseable {

    private final Path folder;
    private final boolean keep;

    private Scratch(Path folder, boolean keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /** A folder where the system has its temporary files, removed in the end. */
    static Scratch temporary() throws IOException {
        return new Scratch(Files.createTempDirectory("sluice-quickstart-"), false);
    }

    /** A folder below another one that stays. */
    static Scratch kept(Path parent) throws IOException {
        return new Scratch(Files.createTempDirectory(parent, "data-"), true);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            Files.walkFileTree(folder, new Remove());
        }
    }

    private static final class Remove extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException fault)
                throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
