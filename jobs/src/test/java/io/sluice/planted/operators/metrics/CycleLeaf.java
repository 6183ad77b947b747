package io.sluice.planted.operators.metrics;

import io.sluice.planted.operators.CycleRoot;

/** The other half. */
public abstract class CycleLeaf {
    abstract CycleRoot root();
}
