/**
 * Streams that drift on purpose, with their truth: {@code sluice generate}.
 *
 * <p>{@link io.sluice.jobs.drift.DriftStream} draws events of a hidden world whose tastes change as
 * a {@link io.sluice.jobs.drift.DriftKind} says, and knows the probability of each label. {@link
 * io.sluice.jobs.drift.DriftFolder} writes them as an ordinary data set, so that everything that
 * reads one measures on them. No learner may come in: a stream does not know who learns it.
 */
package io.sluice.jobs.drift;
