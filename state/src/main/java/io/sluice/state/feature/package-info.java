/**
 * From a raw event to a sparse vector: the declared features and the encoder that reads them.
 *
 * <p>The one definition that training, replay and serving share; a schema travels with the model,
 * so a server encodes exactly as its trainer did. No learning here, and no look at labels.
 */
package io.sluice.state.feature;
