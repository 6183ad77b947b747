package io.sluice.jobs.report;

import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a report is written to; each file whole or not at all.
 *
 * @param json figures for machines; empty: not written
 * @param page for people; empty: not written
 */
public record ReportFiles(Optional<Path> json, Optional<Path> page) {

    /** Writes what is wanted, and makes missing folders. */
    public void write(Report report) throws IOException {
        if (json.isPresent()) {
            WholeFile.text(json.get(), ReportJson.write(report) + "\n");
        }
        if (page.isPresent()) {
            WholeFile.text(page.get(), ReportPage.write(report));
        }
    }

    /** Writes what is wanted of a comparison. */
    public void write(Comparison comparison) throws IOException {
        if (json.isPresent()) {
            WholeFile.text(json.get(), ComparisonJson.write(comparison) + "\n");
        }
        if (page.isPresent()) {
            WholeFile.text(page.get(), ComparisonPage.write(comparison));
        }
    }
}
