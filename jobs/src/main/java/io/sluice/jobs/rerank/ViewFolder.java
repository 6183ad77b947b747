package io.sluice.jobs.rerank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A numbered folder that nobody else uses as long as this one is open: the first that is free, so
 * that a process that starts again finds what it, or one like it, has read before.
 */
final class ViewFolder implements AutoCloseable {

    /** More processes than that on one machine are a fault. */
    private static final int MOST = 1000;

    private final Path path;
    private final FileChannel channel;

    private ViewFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the first folder that is free. */
    static ViewFolder claim(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < MOST; i++) {
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve(i + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new ViewFolder(
                        Files.createDirectories(directory.resolve(Integer.toString(i))), channel);
            }
            channel.close();
        }
        throw new IOException(
                "rerank.directory: %d folders in %s are all in use".formatted(MOST, directory));
    }

    /** Takes the lock; false when somebody else has it, in this process or another one. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** Somebody else may have it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + path + " was not given back", e);
        }
    }
}
