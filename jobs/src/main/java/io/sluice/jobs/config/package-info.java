/**
 * The configuration of a pipeline: read, merged, checked as a whole, printed without its secrets.
 *
 * <p>{@link io.sluice.jobs.config.SluiceConfig} is what everybody else uses: immutable records
 * whose names are the keys of the file. {@link io.sluice.jobs.config.ConfigLoader} makes one from
 * {@code config/reference.yaml}, a file and single settings, merged as trees before they are bound,
 * so a key that is absent can never become a silent 0. All faults are found in one go. What may not
 * come in: anything that acts on a setting.
 */
package io.sluice.jobs.config;
