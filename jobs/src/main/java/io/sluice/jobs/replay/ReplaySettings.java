package io.sluice.jobs.replay;

import io.sluice.state.drift.DriftConfig;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.rank.RankConfig;

/**
 * What the run itself needs to know.
 *
 * @param features what the model sees
 * @param model the learner, with its seed
 * @param memory of errors behind it
 * @param drift how drift is detected
 * @param ranking how slates are put in order, and whether that is learnt
 * @param labelThreshold interactions without a label are positives from this value on; NaN: they
 *     can't be used
 * @param labels when they become known
 * @param negatives items drawn as negatives of each positive; 0: the data have their own
 * @param limit how many examples at most, or requests of slates; {@link Long#MAX_VALUE} for all
 */
record ReplaySettings(
        FeatureSchema features,
        ModelConfig model,
        MemoryConfig memory,
        DriftConfig drift,
        RankConfig ranking,
        double labelThreshold,
        DelayedLabels labels,
        int negatives,
        long limit) {}
