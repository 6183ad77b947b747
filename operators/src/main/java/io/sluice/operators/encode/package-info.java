/** Events to feature vectors, in parallel, in front of the learner. */
package io.sluice.operators.encode;
