package io.sluice.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.files.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Fills a page that needs nothing else: styles, the plotting library, scripts, and the data. */
final class Page {

    private static final String FOLDER = "/io/sluice/jobs/report/";
    private static final String WEBJAR = "/META-INF/resources/webjars/uplot/%s/dist/%s";

    private Page() {}

    /**
     * The page as HTML.
     *
     * @param name of the template and its script: {@code name.html}, {@code name.js}
     * @param title plain text
     * @param data what the script draws
     */
    static String fill(String name, String title, ObjectNode data) {
        String version = uplotVersion();
        return resource(name + ".html")
                .replace("{{title}}", escape(title))
                .replace("{{uplot.css}}", resource(WEBJAR.formatted(version, "uPlot.min.css")))
                .replace("{{report.css}}", resource("report.css"))
                .replace("{{uplot.js}}", resource(WEBJAR.formatted(version, "uPlot.iife.min.js")))
                .replace("{{page.js}}", resource("page.js"))
                .replace("{{script}}", resource(name + ".js"))
                // Last, so that nothing in the data can be taken for a place to fill.
                .replace("{{data}}", text(data));
    }

    private static String escape(String title) {
        return title.replace("&", "&amp;").replace("<", "&lt;").replace("{{", "{ {");
    }

    private static String text(ObjectNode data) {
        try {
            // A "</script>" or "<!--" in a name must not end the element that holds the data.
            return ReportJson.MAPPER.writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can't be written", e);
        }
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(resource("uplot.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String resource(String name) {
        return Resources.text(name.startsWith("/") ? name : FOLDER + name);
    }
}
