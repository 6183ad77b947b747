/**
 * Online quality measures: how good predictions were, judged before their labels were learnt.
 *
 * <p>Everything takes judged predictions in the order of the stream and can be asked at any time.
 * What may not come in: a model, a clock, a topic.
 */
package io.sluice.state.evaluate;
