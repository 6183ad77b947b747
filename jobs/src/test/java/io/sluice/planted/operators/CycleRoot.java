package io.sluice.planted.operators;

import io.sluice.planted.operators.metrics.CycleLeaf;

/** One half of a cycle with a class that lies directly in operators. */
public abstract class CycleRoot {
    abstract CycleLeaf leaf();
}
