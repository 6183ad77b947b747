/**
 * What else one could do with the same bytes: the baselines that the budgeted table is measured
 * against, each as its paper has it, but for what is said in its class.
 *
 * <p>Each allocates all of its arrays when it is made, as many rows as fit into the budget, so that
 * the bound is hard from the first example on; {@link
 * io.sluice.state.sparse.EmbeddingTable#bytes()} counts every array, headers included. Model and
 * optimiser are the product's: {@code state.model.FactorizationMachine} over AdaGrad, but for
 * FTRL-proximal, which is an optimiser of its own.
 */
package io.sluice.state.sparse.baseline;
