/**
 * Which label a shown item gets: feedback brought to its impression, in event time.
 *
 * <p>{@link io.sluice.state.join.RequestJoin} is the pure rule, {@link
 * io.sluice.state.join.PendingRequest} what it remembers of one request until the attribution
 * window has passed. Interactions come with their label; {@link
 * io.sluice.state.join.RepetitionRule} tells repeated ones from new ones. Time comes in as the
 * watermark: all that happened up to it has arrived. No clock, no topic, no feature may come in.
 */
package io.sluice.state.join;
