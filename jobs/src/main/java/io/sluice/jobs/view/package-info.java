/**
 * The view that front doors answer from: compacted topics, followed and folded. The server and the
 * rerank job open the same one.
 *
 * <p>How a topic is read stands here; what a record means stands in {@code state.store}.
 */
package io.sluice.jobs.view;
