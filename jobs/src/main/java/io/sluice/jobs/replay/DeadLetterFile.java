package io.sluice.jobs.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.replay.dataset.DataFile;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.state.event.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts rows that could not be used and writes them to a file, one JSON object a line. */
final class DeadLetterFile implements DeadLetterBox, Closeable {

    private final Map<String, Long> byReason = new TreeMap<>();
    private final JsonGenerator out;
    private long exampleRows;
    private final String exampleFile;

    /**
     * Starts an empty file.
     *
     * @param path where; empty: the rows are counted only
     * @param exampleFile whose rejected rows are counted apart
     */
    DeadLetterFile(Optional<Path> path, DataFile exampleFile) throws IOException {
        this.exampleFile = exampleFile.name();
        if (path.isPresent()) {
            out = new ObjectMapper().createGenerator(Files.newBufferedWriter(path.get()));
            out.setRootValueSeparator(new SerializedString("\n"));
        } else {
            out = null;
        }
    }

    @Override
    public void add(String file, long line, byte[] row, Reason reason, String detail) {
        byReason.merge(reason.name(), 1L, Long::sum);
        if (file.equals(exampleFile)) {
            exampleRows++;
        }
        if (out != null) {
            try {
                write(file, line, row, reason, detail);
            } catch (IOException e) {
                throw new UncheckedIOException("can't write the dead letters", e);
            }
        }
    }

    private void write(String file, long line, byte[] row, Reason reason, String detail)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("file", file);
        out.writeNumberField("line", line);
        out.writeStringField("reason", reason.name());
        out.writeStringField("detail", detail);
        try {
            out.writeStringField(
                    "value",
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row)).toString());
        } catch (CharacterCodingException notText) {
            out.writeBinaryField("valueBase64", row);
        }
        out.writeEndObject();
    }

    /** Counts what somebody else set aside and keeps. */
    void count(Map<String, Long> others) {
        others.forEach((reason, count) -> byReason.merge(reason, count, Long::sum));
    }

    Map<String, Long> byReason() {
        return byReason;
    }

    /** Dead letters from the file with the examples. */
    long ofExampleFile() {
        return exampleRows;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new IOException("can't write the dead letters", e);
            }
        }
    }
}
