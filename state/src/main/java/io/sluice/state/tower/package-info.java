/**
 * The tower: a small network over the embeddings of one example, whose answer is added to the
 * factorisation machine's.
 *
 * <p>Its layers consist of blocks of 1 × 16 weights of which a fixed number is active; which ones,
 * is decided by {@code state.mask}. Training and serving compute with the same classes in the same
 * order, so that equal weights give bit-equal scores. No embeddings live in here.
 */
package io.sluice.state.tower;
