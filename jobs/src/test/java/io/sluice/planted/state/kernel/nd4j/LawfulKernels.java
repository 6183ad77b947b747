package io.sluice.planted.state.kernel.nd4j;

abstract class LawfulKernels {
    abstract org.nd4j.StandIn nd4j();
}
