package io.sluice.planted.jobs.report;

import io.sluice.planted.jobs.evaluate.CycleOne;

/** The other half. */
public abstract class CycleTwo {
    abstract CycleOne one();
}
