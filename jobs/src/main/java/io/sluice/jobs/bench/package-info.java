/**
 * How long answers take, measured from outside: load on a fixed schedule through both doors, and
 * from feedback to a changed score. See {@link io.sluice.jobs.bench.ServeBench}.
 */
package io.sluice.jobs.bench;
