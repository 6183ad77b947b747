package io.sluice.planted.state.model;

import io.sluice.planted.state.kernel.LawfulKernel;

/** A model on a kernel. */
public record LawfulModel(float weight) {
    /** Its mean. */
    public double mean() {
        return LawfulKernel.mean(new float[] {weight});
    }
}
