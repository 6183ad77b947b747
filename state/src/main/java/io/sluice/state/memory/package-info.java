/**
 * The fast learner: remembers recent errors of the model and corrects its next predictions.
 *
 * <p>{@link io.sluice.state.memory.ErrorMemory} is the border: what is read before a prediction is
 * made, what is written when its label is known, and how both are checkpointed and served. Sums
 * that fade in event time are all that is kept, so that late labels, retractions and the merging of
 * parts are additions. No model may come in: a memory sees features, a representation and log-odds.
 */
package io.sluice.state.memory;
