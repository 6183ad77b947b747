/**
 * What a measurement found, as JSON for machines, a table for the console, and one page to look at.
 *
 * <p>Figures come in as records of {@code state.evaluate}; nothing is computed here, nothing knows
 * how a run was made.
 */
package io.sluice.jobs.report;
