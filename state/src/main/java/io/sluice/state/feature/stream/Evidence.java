package io.sluice.state.feature.stream;

import java.util.Map;

/**
 * What is known of one entity, and what of it a feature was read from.
 *
 * @param scope index of the scope
 * @param key of the entity
 * @param isKnown whether there is a record
 * @param isExpired whether the record is past its life, which makes it read as none
 * @param lastFact epoch milliseconds; {@link Long#MIN_VALUE} without one
 * @param figures of the feature's aggregate as of the moment, by name
 */
public record Evidence(
        int scope,
        long key,
        boolean isKnown,
        boolean isExpired,
        long lastFact,
        Map<String, Double> figures) {}
