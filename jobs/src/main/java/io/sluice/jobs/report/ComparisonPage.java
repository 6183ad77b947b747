package io.sluice.jobs.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes a comparison as one page that needs nothing else: figures, differences, the curves of all
 * arms in one plot, and quality against bytes where there are several budgets. Its looks stand in
 * {@code compare.html} and {@code compare.js} beside {@link ReportPage}'s.
 */
public final class ComparisonPage {

    private ComparisonPage() {}

    /** The page as HTML. */
    public static String write(Comparison comparison) {
        Report report = comparison.report();
        ObjectNode tree = ComparisonJson.tree(comparison);
        ReportPage.addCurves(tree, report);
        return Page.fill("compare", report.command() + ": " + report.data().file(), tree);
    }
}
