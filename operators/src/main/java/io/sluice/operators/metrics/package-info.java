/**
 * What operators report through Flink's metric groups.
 *
 * <p>Every name stands in {@link io.sluice.operators.metrics.MetricNames}; a dashboard is built on
 * them, so they don't change by accident.
 */
package io.sluice.operators.metrics;
