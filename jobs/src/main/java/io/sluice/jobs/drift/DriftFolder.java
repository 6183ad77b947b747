package io.sluice.jobs.drift;

import io.sluice.jobs.replay.dataset.TruthColumns;
import io.sluice.state.file.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a stream as a data set: {@code interactions.csv.gz}, {@code items.csv.gz}, {@code
 * users.csv.gz}, with the truth in columns that begin with an underscore and so are never features.
 */
public final class DriftFolder {

    private final DriftKind kind;
    private final long events;
    private final long seed;

    /** A stream of this kind. */
    public DriftFolder(DriftKind kind, long events, long seed) {
        this.kind = kind;
        this.events = events;
        this.seed = seed;
    }

    /** Writes the files into a folder that is new or empty. */
    public void write(Path folder) throws IOException {
        checkEmpty(folder);
        DriftStream stream = new DriftStream(kind, events, seed);
        write(
                folder.resolve("users.csv.gz"),
                out -> {
                    out.write("user,segment\n");
                    for (int user = 0; user < Population.USERS; user++) {
                        int segment = stream.people().segment(user);
                        out.write(Population.userId(user) + ",s" + segment + "\n");
                    }
                });
        write(
                folder.resolve("items.csv.gz"),
                out -> {
                    out.write("item,category\n");
                    for (int item = 0; item < Population.ITEMS + Population.NEW_ITEMS; item++) {
                        int category = stream.people().category(item);
                        out.write(Population.itemId(item) + ",c" + category + "\n");
                    }
                });
        write(folder.resolve("interactions.csv.gz"), out -> writeEvents(stream, out));
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new IllegalArgumentException(
                "--out must be a folder that is new or empty, found " + folder);
    }

    /** Writes lines. */
    private interface Lines {

        void writeTo(Writer out) throws IOException;
    }

    private static void write(Path file, Lines lines) throws IOException {
        WholeFile.write(
                file,
                out -> {
                    GZIPOutputStream packed = new GZIPOutputStream(out);
                    Writer text =
                            new BufferedWriter(
                                    new OutputStreamWriter(packed, StandardCharsets.UTF_8));
                    lines.writeTo(text);
                    text.flush();
                    packed.finish();
                });
    }

    private void writeEvents(DriftStream stream, Writer out) throws IOException {
        boolean late = kind == DriftKind.DELAY;
        out.write("timestamp,user,item,label,device,");
        out.write(
                String.join(",", TruthColumns.TRUTH, TruthColumns.STALE, TruthColumns.PHASE)
                        + (late ? "," + TruthColumns.DELAY : "")
                        + "\n");
        StringBuilder row = new StringBuilder();
        for (DriftEvent event = stream.next(); event != null; event = stream.next()) {
            row.setLength(0);
            row.append(event.time()).append(',');
            row.append(event.user()).append(',').append(event.item()).append(',');
            row.append(event.label()).append(',').append(event.device()).append(',');
            row.append((float) event.truth()).append(',').append((float) event.stale());
            row.append(',').append(event.phase());
            if (late) {
                row.append(',').append(event.label() == 1 ? Long.toString(event.delayMs()) : "");
            }
            out.append(row).append('\n');
        }
    }
}
