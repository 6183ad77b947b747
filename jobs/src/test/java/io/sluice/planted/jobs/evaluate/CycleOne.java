package io.sluice.planted.jobs.evaluate;

import io.sluice.planted.jobs.report.CycleTwo;

/** One half of a cycle. */
public abstract class CycleOne {
    abstract CycleTwo two();
}
