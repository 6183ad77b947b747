package io.sluice.jobs.replay;

import io.sluice.jobs.report.Arm;
import java.util.Map;

/**
 * What a run gave, however it was run.
 *
 * @param judged all judged predictions
 * @param rows rows read of the file with the examples, bad ones included
 * @param behaviour interactions that streamed beside slates
 * @param cost of the learner
 * @param deadLetters what the training job set aside, by reason; empty without it
 */
record Run(
        Judged judged, long rows, long behaviour, Arm.Cost cost, Map<String, Long> deadLetters) {}
