/**
 * Runs a data set through the learner and says how good its predictions were, each made before its
 * label was used.
 *
 * <p>Two ways lead through the same learner: in this process, and through Kafka and the training
 * job. Both hand their judged predictions to the same classes, so their figures can be compared
 * digit by digit.
 */
package io.sluice.jobs.replay;
