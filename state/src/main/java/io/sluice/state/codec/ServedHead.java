package io.sluice.state.codec;

import io.sluice.state.sparse.FallbackKeys;

/**
 * What a head page says besides scale and curves.
 *
 * @param bias of the model
 * @param fallback where shared rows stand; null when there are none
 * @param hasTower whether a tower page belongs to it
 */
public record ServedHead(float bias, FallbackKeys fallback, boolean hasTower) {}
