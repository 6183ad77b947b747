/**
 * Dense products by ND4J; the only importer of it, and an optional one.
 *
 * <p>ND4J brings 200 MB of native code and is not in the job jars. Whoever wants it puts it on the
 * class path; {@link io.sluice.state.kernel.nd4j.Nd4jDenseKernels#isAvailable} says whether it is.
 * What it wins and where is written down in the module's DESIGN.md.
 */
package io.sluice.state.kernel.nd4j;
