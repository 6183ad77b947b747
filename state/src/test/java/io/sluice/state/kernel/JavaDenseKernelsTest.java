package io.sluice.state.kernel;

class JavaDenseKernelsTest extends DenseKernelsContract {

    @Override
    protected DenseKernels kernels() {
        return new JavaDenseKernels();
    }
}
