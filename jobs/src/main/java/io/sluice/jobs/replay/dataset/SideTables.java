package io.sluice.jobs.replay.dataset;

/**
 * What is known beside the events.
 *
 * @param users by user
 * @param items by item
 */
public record SideTables(SideTable users, SideTable items) {}
