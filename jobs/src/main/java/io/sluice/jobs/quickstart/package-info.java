/**
 * The whole loop in one JVM, to look at: {@code sluice quickstart}.
 *
 * <p>{@link io.sluice.jobs.quickstart.SimulatedWorld} is the hidden truth: items, users and what
 * they like, which changes abruptly halfway. It is pure and seeded, so that what an order of
 * candidates is worth can be computed exactly and every {@link io.sluice.jobs.quickstart.Arm} is
 * judged on the same requests. Everything else is the product itself (broker, training job, server)
 * and a client that talks HTTP to it; nothing in here is a shortcut past the product's own doors.
 */
package io.sluice.jobs.quickstart;
