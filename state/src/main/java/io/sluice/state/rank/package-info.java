/**
 * Puts a candidate list in order: the worst falls, round by round, in the context of those that are
 * left; by rules that always hold; with a little exploration of known probability. And learns from
 * slates how much the pool should count.
 *
 * <p>{@link io.sluice.state.rank.Pool} is the state, an {@link io.sluice.state.rank.Eliminator} the
 * policy that empties it, {@link io.sluice.state.rank.Ranker} the way of a request, {@link
 * io.sluice.state.rank.RankerLearner} the way of a slate. A new policy is one class that implements
 * {@code Eliminator}; whatever fills {@link io.sluice.state.rank.Candidates} can be ranked.
 *
 * <p>Takes scores as given and knows no model, so that whatever scores candidates can be ranked the
 * same way. Time and randomness come in as arguments: a request is ranked the same way wherever and
 * whenever it is repeated.
 */
package io.sluice.state.rank;
