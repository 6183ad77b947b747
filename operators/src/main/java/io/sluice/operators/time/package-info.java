/**
 * Event time: what each partition of a source says about how far the stream has come.
 *
 * <p>See {@link io.sluice.operators.time.EventTimeWatermarks}.
 */
package io.sluice.operators.time;
