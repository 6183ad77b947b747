package io.sluice.state.feature.stream;

import io.sluice.state.feature.StreamingFeature;
import java.util.List;

/**
 * The value of a streaming feature for one user and item, and where it was read.
 *
 * @param feature which one
 * @param number its value; NaN when unknown or when it holds keys
 * @param keys its value, for one that holds keys
 * @param evidence one for each entity that the scope names
 */
public record ExplainedFeature(
        StreamingFeature feature, double number, List<Long> keys, List<Evidence> evidence) {}
