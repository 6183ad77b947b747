/**
 * Stateless arithmetic on primitive arrays: hashing, activations, dense products.
 *
 * <p>Exists so that every loop that costs time stands in one place beside its brute-force twin.
 * Nothing here knows what a feature, a model or an event is; only {@code java.*} may come in. The
 * dense kernels are a port: the plain-Java twin is the reference, other implementations are held to
 * it by differential tests.
 */
package io.sluice.state.kernel;
