package io.sluice.state.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file whole or not at all: beside its place, under its name and {@code .part}, and then
 * into it. Folders that are missing are made. What is no plain file, such as a device, a pipe or a
 * link, is written through and stays what it is.
 */
public final class WholeFile {

    private WholeFile() {}

    /** Writes what stands in a file. */
    @FunctionalInterface
    public interface Content {

        /** Writes all of it; closing is not its business. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a text in UTF-8.
     *
     * @throws IOException when it cannot be written, with the file's name; what was written is gone
     *     and the file is as it was
     */
    public static void text(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes what somebody writes.
     *
     * @throws IOException as for a {@link #text}, also when the content cannot be had
     */
    public static void write(Path file, Content content) throws IOException {
        Path whole = file.toAbsolutePath();
        try {
            Files.createDirectories(whole.getParent());
            if (Files.exists(whole) && !Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)) {
                writeInto(whole, content);
            } else {
                replace(whole, content);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    whole + " cannot be written: " + e.getFile() + " is a file, expected a folder",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new IOException(whole + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void replace(Path whole, Content content) throws IOException {
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            writeInto(part, content);
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void writeInto(Path place, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(place))) {
            content.writeTo(out);
        }
    }
}
