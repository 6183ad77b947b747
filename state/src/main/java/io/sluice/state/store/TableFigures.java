package io.sluice.state.store;

/**
 * What can be measured of a served table.
 *
 * @param records records held, about
 * @param bytes bytes of memory held, about
 * @param hitRate share of look-ups of existing records answered from memory, [0, 1]; NaN before any
 * @param leftOut records left out since the start: of another schema, or older than what is held
 * @param refused records since the start that could not be used
 */
public record TableFigures(long records, long bytes, double hitRate, long leftOut, long refused) {}
