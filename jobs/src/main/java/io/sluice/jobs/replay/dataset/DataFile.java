package io.sluice.jobs.replay.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * One file of a data set, gzipped or not: its first two bytes tell, not its name.
 *
 * @param path where it is
 */
public record DataFile(Path path) {

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;

    /** The file's name, for messages. */
    public String name() {
        return path.getFileName().toString();
    }

    /** The uncompressed content. */
    InputStream open() throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            raw.mark(2);
            boolean zipped = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
            raw.reset();
            return zipped ? new GZIPInputStream(raw, BUFFER) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Whether it holds JSON lines: its first character that is not blank is a brace. */
    boolean holdsJson() {
        try (InputStream in = open()) {
            int each = in.read();
            while (each == ' ' || each == '\n' || each == '\r' || each == '\t') {
                each = in.read();
            }
            return each == '{';
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path, e);
        }
    }
}
