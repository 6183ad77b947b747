package io.sluice.state.store;

import io.sluice.state.feature.SlateValues;
import io.sluice.state.model.Manifest;

/**
 * What a view makes of a request.
 *
 * @param manifest of the view that scored; null when there is none yet
 * @param scores the probability of each candidate; NaN without a view, and where the deadline came
 *     first
 * @param values what streaming features said of the request and of each candidate
 * @param memory what memory did to each candidate
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record ScoredRequest(
        Manifest manifest, double[] scores, SlateValues values, SlateMemory memory) {}
