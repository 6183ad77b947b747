package io.sluice.jobs.quickstart;

import java.io.PrintWriter;
import java.util.Locale;

/** One line every few seconds, 78 columns wide. */
final class LiveTable {

    private final PrintWriter out;

    LiveTable(PrintWriter out) {
        this.out = out;
    }

    /** The head of the table. */
    void head(Traffic traffic) {
        print("");
        print("Clicks per 100 shown items, expected, on the same requests for everybody;");
        print("freshness: from a click to the first answer by a model that has learnt it.");
        print(
                "Tastes change after %.0f of %.0f seconds.",
                traffic.seconds() / 2, traffic.seconds());
        print("");
        print("                 clicks per 100 shown, last 3 s          freshness, ms  model");
        print("  sec  requests   engine     sort  popular   oracle    median  99 %%  version");
    }

    /** One window. */
    void row(Window window, int requests) {
        Rates rates = window.rates();
        print(
                "%5.0f %9d %8s %8s %8s %8s %9s %5s  %s",
                window.toMs() / 1000.0,
                requests,
                rate(rates.engine()),
                rate(rates.sort()),
                rate(rates.popularity()),
                rate(rates.oracle()),
                whole(window.freshness().p50()),
                whole(window.freshness().p99()),
                window.modelVersion().isEmpty() ? "none yet" : window.modelVersion());
    }

    /** The moment of the drift. */
    void drift() {
        print("  -------------------- tastes change now ---------------------");
    }

    static String rate(double clicksPerItem) {
        return Double.isNaN(clicksPerItem)
                ? "-"
                : String.format(Locale.ROOT, "%.1f", 100 * clicksPerItem);
    }

    private static String whole(double number) {
        return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.0f", number);
    }

    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
