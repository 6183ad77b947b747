/**
 * Streaming features in event time: events become facts, facts change the records of entities,
 * records are published, and events get the values of their own moment.
 *
 * <p>The rules are {@link io.sluice.state.feature.stream}'s; here they get keys, state, timers and
 * the order of event time.
 */
package io.sluice.operators.features;
