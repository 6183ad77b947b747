/**
 * Delayed feedback to impressions, in event time; negatives when the window closes.
 *
 * <p>The rule itself is {@link io.sluice.state.join.RequestJoin}; here it gets state, timers and
 * side outputs.
 */
package io.sluice.operators.join;
