package io.sluice.state.store;

/**
 * Where to go on reading the stream of pages.
 *
 * @param stream identity of the stream; a new one under an old name has another identity
 * @param next offset of the first record that is not part of the view
 */
public record StreamPosition(String stream, long next) {}
