package io.sluice.jobs.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
        return resource(TEMPLATE)
                .replace("/*uplot.css*/", resource(UPLOT + "uPlot.min.css"))
                .replace("/*uplot.js*/", resource(UPLOT + "uPlot.iife.min.js"))
                // A text that closes the script element would end the page's data.
                .replace("/*figures*/", json.replace("</", "<\\/"));
    }

    private static String resource(String path) {
        try (InputStream in = QuickstartPage.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(
                        path + " is missing from the class path; build with Maven");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path, e);
        }
    }
}
