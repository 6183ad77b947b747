package io.sluice.state.drift;

/**
 * A change as it is told to others: what, when, and by which example it showed.
 *
 * @param change of the surprise
 * @param detector that noticed
 * @param sequence the example's 0-based number in the order of learning; with field and key, the
 *     alarm's identity
 * @param time when its label became known, epoch milliseconds
 * @param request its request; empty for an interaction without one
 * @param item its item
 */
public record DriftAlarm(
        DriftChange change,
        DetectorKind detector,
        long sequence,
        long time,
        String request,
        String item) {}
