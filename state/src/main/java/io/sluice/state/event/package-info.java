/**
 * The words everybody shares: what happened (impressions, feedback, interactions), what is asked
 * and answered (rerank requests and replies), and what could not be read (dead letters).
 *
 * <p>Only records, enums and sealed interfaces, plus {@link io.sluice.state.event.Attributes}, the
 * immutable bag of values they carry. Everything here checks itself when it is made, so code behind
 * it never meets a blank id or a non-finite number. No behaviour, no JSON, no bytes.
 */
package io.sluice.state.event;
