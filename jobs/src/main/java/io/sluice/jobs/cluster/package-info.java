/**
 * A Flink cluster inside this JVM: for the quick start, replays, tests, and {@code train} without a
 * cluster.
 */
package io.sluice.jobs.cluster;
