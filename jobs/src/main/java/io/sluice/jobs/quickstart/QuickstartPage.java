package io.sluice.jobs.quickstart;

import io.sluice.jobs.files.Resources;

/**
 * Writes a result as one page that needs nothing else: the JSON, the plotting library (uPlot, from
 * its web jar) and a little script stand in it.
 */
final class QuickstartPage {

    private static final String TEMPLATE = "/io/sluice/jobs/quickstart/report.html";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private QuickstartPage() {}

    /** The page around the figures as {@link QuickstartJson} writes them. */
    static String write(String json) {
        return Resources.text(TEMPLATE)
                .replace("/*uplot.css*/", Resources.text(UPLOT + "uPlot.min.css"))
                .replace("/*uplot.js*/", Resources.text(UPLOT + "uPlot.iife.min.js"))
                // A text that closes the script element would end the page's data.
                .replace("/*figures*/", json.replace("</", "<\\/"));
    }
}
