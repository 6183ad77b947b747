/**
 * A real Kafka broker inside this JVM, for the quick start, replays and tests.
 *
 * <p>The only package that touches Kafka's server classes; nothing that runs on a cluster may use
 * it.
 */
package io.sluice.jobs.broker;
