/**
 * Puts a candidate list in order: by score, with a little exploration of known probability.
 *
 * <p>Takes scores as given and knows no model, so that whatever scores candidates can be ranked the
 * same way. Time and randomness come in as arguments: a request is ranked the same way wherever and
 * whenever it is repeated.
 */
package io.sluice.state.rank;
