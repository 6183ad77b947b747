/**
 * The server: candidate lists in, order out, over HTTP, from a view that follows the model topic.
 *
 * <pre>
 *   POST /rank ─→ RankEndpoint ─→ the answerer of a LiveView ─→ reply, and ImpressionLog ─→ impressions topic
 *   POST /feedback ─→ FeedbackEndpoint ─→ FeedbackSender ─→ feedback topic
 * </pre>
 *
 * <p>{@link io.sluice.jobs.serve.RerankServer} owns all of it and its order of starting and
 * stopping. Endpoints know no HTTP library: they take bytes and give a {@link
 * io.sluice.jobs.serve.Reply}; Jetty stands behind {@link io.sluice.jobs.serve.HttpFront} alone. No
 * Flink in here: a server is a plain process with a directory of its own.
 */
package io.sluice.jobs.serve;
