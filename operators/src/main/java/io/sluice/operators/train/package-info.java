/**
 * Drives the learner: puts its input in order, checkpoints it by key group, publishes its pages.
 *
 * <p>{@link io.sluice.operators.train.LearnOperator} is an operator and not a function because it
 * has to act at watermarks, before checkpoints and at the end of the input.
 */
package io.sluice.operators.train;
