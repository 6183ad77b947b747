/**
 * Guesses a first configuration from what the columns of a data set hold, and says why.
 *
 * <p>The guess is the start of one's own configuration, so it is written down in the same form.
 * Labels are never looked at: the guess can't leak an outcome.
 */
package io.sluice.jobs.replay.infer;
