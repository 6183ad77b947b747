/**
 * The features job: streaming features from the topics of events to the features topic.
 *
 * <p>See {@link io.sluice.jobs.features.FeatureJob}.
 */
package io.sluice.jobs.features;
