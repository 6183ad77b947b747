package org.nd4j;

/** Stands for ND4J, which is not on the class path here, in the planted fault. */
public final class StandIn {
    private StandIn() {}
}
