package io.sluice.state.store;

import io.sluice.state.model.Manifest;

/**
 * What can be measured of a view.
 *
 * @param manifest what it reflects; null while there is none
 * @param rows rows held, about
 * @param bytes bytes of memory held for rows, about
 * @param hitRate share of look-ups of existing rows answered from memory, [0, 1]; NaN before any
 * @param leftOut pages left out since the start because they were strays or repetitions
 * @param refused pages since the start that could not be used
 */
public record ViewFigures(
        Manifest manifest, long rows, long bytes, double hitRate, long leftOut, long refused) {}
