package io.sluice.jobs.quickstart;

/** Which of the two hidden truths holds. */
enum Phase {
    /** From the start to halfway. */
    BEFORE_DRIFT,
    /** From halfway to the end. */
    AFTER_DRIFT
}
