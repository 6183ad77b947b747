package io.sluice.jobs.replay;

import io.sluice.jobs.report.Arm;

/**
 * What a run gave, however it was run.
 *
 * @param judged all judged predictions
 * @param rows rows read of the file with the examples, bad ones included
 * @param behaviour interactions that streamed beside slates
 * @param cost of the learner
 */
record Run(Judged judged, long rows, long behaviour, Arm.Cost cost) {}
