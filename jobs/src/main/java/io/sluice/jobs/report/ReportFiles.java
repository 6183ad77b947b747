package io.sluice.jobs.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a report is written to.
 *
 * @param json figures for machines; empty: not written
 * @param page for people; empty: not written
 */
public record ReportFiles(Optional<Path> json, Optional<Path> page) {

    /** Writes what is wanted, and makes missing folders. */
    public void write(Report report) throws IOException {
        if (json.isPresent()) {
            write(json.get(), ReportJson.write(report) + "\n");
        }
        if (page.isPresent()) {
            write(page.get(), ReportPage.write(report));
        }
    }

    /** Writes what is wanted of a comparison. */
    public void write(Comparison comparison) throws IOException {
        if (json.isPresent()) {
            write(json.get(), ComparisonJson.write(comparison) + "\n");
        }
        if (page.isPresent()) {
            write(page.get(), ComparisonPage.write(comparison));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.writeString(file, text);
    }
}
