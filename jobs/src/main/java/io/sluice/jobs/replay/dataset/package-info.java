/**
 * Reads data sets: CSV and JSON lines, plain or gzipped, as a stream of events in the order of the
 * file.
 *
 * <p>Every row either becomes an event or a dead letter with its file, line and reason. Columns are
 * judged by all of their rows, never by the first. Nothing here knows what a model is; nothing that
 * is bookkeeping ({@code _…}) or an outcome ({@code value}) comes out of here as an attribute.
 */
package io.sluice.jobs.replay.dataset;
