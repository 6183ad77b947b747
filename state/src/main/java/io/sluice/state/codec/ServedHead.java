package io.sluice.state.codec;

/**
 * What a head page says besides scale and curves.
 *
 * @param bias of the model
 * @param hasTower whether a tower page belongs to it
 */
public record ServedHead(float bias, boolean hasTower) {}
