/**
 * The slow learner: a model of log-odds over declared features, and the pages in which it travels.
 *
 * <p>{@link io.sluice.state.model.OnlineModel} is what the learner drives; {@link
 * io.sluice.state.model.FactorizationMachine} is the implementation. A {@link
 * io.sluice.state.model.Page} is the smallest part of a model that is published, always as an
 * absolute value. Rows live in {@code state.sparse}; no memory of errors and no ranking in here.
 */
package io.sluice.state.model;
