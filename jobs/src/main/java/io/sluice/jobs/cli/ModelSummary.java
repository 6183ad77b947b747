package io.sluice.jobs.cli;

import io.sluice.jobs.connect.ModelTopic;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the pages of a model topic amount to, for a person to read. Not thread-safe. */
final class ModelSummary implements ModelTopic.Visitor {

    private static final int REMEMBERED = 1000;

    private final Deque<Manifest> manifests = new ArrayDeque<>();
    private FeatureSchema schema;
    private long pages;
    private long removed;
    private long bytes;
    private long unfinished;

    @Override
    public void visit(Page page, int size) throws IOException {
        pages++;
        bytes += size;
        unfinished++;
        if (page.isTombstone()) {
            removed++;
        } else if (page.kind() == PageKind.SCHEMA) {
            schema = PagePayloads.readSchema(page.payload());
        } else if (page.kind() == PageKind.MANIFEST) {
            manifests.addLast(PagePayloads.readManifest(page));
            unfinished = 0;
            if (manifests.size() > REMEMBERED) {
                manifests.removeFirst();
            }
        }
    }

    /** Prints the newest publication and the state of the topic. */
    void show(PrintWriter out, long nowMs) {
        Manifest newest = manifests.peekLast();
        if (newest == null) {
            out.println("no publication yet");
        } else {
            line(out, "version", newest.version());
            line(out, "examples", newest.examples());
            line(out, "event time", time(newest.eventTime()));
            double age = (nowMs - newest.publishedAt()) / 1000.0;
            String ago = String.format(Locale.ROOT, "%.1f s ago", age);
            line(out, "published", time(newest.publishedAt()) + ", " + ago);
            line(out, "rows", newest.rows() + " of " + newest.dimensions() + " dimensions");
            line(out, "model bytes", newest.bytes());
            line(out, "features", features() + ", " + Long.toHexString(newest.schemaFingerprint()));
            if (!newest.digest().isEmpty()) {
                line(out, "digest", newest.digest());
            }
        }
        line(
                out,
                "topic",
                "%d pages, %d of them removals, %d bytes".formatted(pages, removed, bytes));
        if (unfinished > 0) {
            line(out, "unfinished", unfinished + " pages of a publication under way");
        }
        out.flush();
    }

    /** Prints one line per publication. */
    void list(PrintWriter out) {
        String row = "%-16s %12s %12s  %-24s  %s%n";
        out.printf(row, "version", "examples", "rows", "event time", "published");
        for (Manifest manifest : manifests) {
            out.printf(
                    row,
                    manifest.version(),
                    manifest.examples(),
                    manifest.rows(),
                    time(manifest.eventTime()),
                    time(manifest.publishedAt()));
        }
        out.flush();
    }

    private String features() {
        return schema == null
                ? "schema not published"
                : schema.features().stream()
                        .map(FeatureSpec::name)
                        .collect(Collectors.joining(" "));
    }

    private static String time(long epochMs) {
        return epochMs == Long.MIN_VALUE ? "none" : Instant.ofEpochMilli(epochMs).toString();
    }

    private static void line(PrintWriter out, String name, Object value) {
        out.printf("%-12s %s%n", name, value);
    }
}
