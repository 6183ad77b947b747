/**
 * Notices that a stream has changed, by how much its labels surprise a model.
 *
 * <p>{@link io.sluice.state.drift.DriftMonitor} keeps a detector for the whole stream and one for
 * each segment; {@link io.sluice.state.drift.DriftDetector} is what a detector is. No model and no
 * memory may come in: a detector sees numbers, and what is done about an alarm is for others.
 */
package io.sluice.state.drift;
