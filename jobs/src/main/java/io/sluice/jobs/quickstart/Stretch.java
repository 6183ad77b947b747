package io.sluice.jobs.quickstart;

/** The parts of a run that are told apart in the end; shares of its length. */
enum Stretch {
    /** All of it. */
    OVERALL("overall", "overall", 0, 1),
    /** The last sixth before tastes change: what was reached. */
    BEFORE_DRIFT("beforeDrift", "before the drift", 1 / 3.0, 1 / 2.0),
    /** The twelfth after: what is left of it. */
    AFTER_DRIFT("afterDrift", "just after the drift", 1 / 2.0, 7 / 12.0),
    /** The last sixth of the run: what was reached again. */
    END("end", "at the end", 5 / 6.0, 1);

    private final String key;
    private final String title;
    private final double from;
    private final double to;

    Stretch(String key, String title, double from, double to) {
        this.key = key;
        this.title = title;
        this.from = from;
        this.to = to;
    }

    /** Its name in JSON. */
    String key() {
        return key;
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** The click rates of this part. */
    Rates rates(VisitLog log, Traffic traffic, int shown) {
        return Rates.of(
                log.between(Math.round(from * traffic.endMs()), Math.round(to * traffic.endMs())),
                shown);
    }
}
