/**
 * Scorers of the last survivors that live outside of our own model: an ONNX model, a chat service.
 * The only importer of ONNX Runtime. What they are asked, and when, is decided in {@code
 * state.rank}.
 */
package io.sluice.jobs.scorer;
