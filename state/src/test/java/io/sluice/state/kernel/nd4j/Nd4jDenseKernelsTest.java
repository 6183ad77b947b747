package io.sluice.state.kernel.nd4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.state.kernel.DenseKernels;
import io.sluice.state.kernel.DenseKernelsContract;
import org.junit.jupiter.api.AfterEach;

class Nd4jDenseKernelsTest extends DenseKernelsContract {

    private Nd4jDenseKernels kernels;

    @Override
    protected DenseKernels kernels() {
        assumeTrue(
                Nd4jDenseKernels.isAvailable(),
                "ND4J or its native code for this platform is not on the class path");
        kernels = new Nd4jDenseKernels();
        return kernels;
    }

    @AfterEach
    void free() {
        if (kernels != null) {
            kernels.close();
        }
    }
}
