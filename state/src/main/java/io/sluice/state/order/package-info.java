/**
 * The order in which the learner is fed.
 *
 * <p>Partitions interleave differently at each run. {@link io.sluice.state.order.OrderBuffer} holds
 * events back until nothing earlier can come and lets them go in {@link
 * io.sluice.state.learner.LearnerEventOrder}, so that the learner sees the same sequence every
 * time.
 */
package io.sluice.state.order;
