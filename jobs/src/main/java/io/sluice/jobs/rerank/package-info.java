/**
 * The rerank job: requests from a topic, replies to another, from the same view as the server's.
 *
 * <p>See {@link io.sluice.jobs.rerank.RerankJob}.
 */
package io.sluice.jobs.rerank;
