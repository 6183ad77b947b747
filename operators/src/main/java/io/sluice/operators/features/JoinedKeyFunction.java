package io.sluice.operators.features;

import io.sluice.state.join.JoinOutput;
import org.apache.flink.api.java.functions.KeySelector;

/** Brings all findings of an impression together, where its answers come to. */
public final class JoinedKeyFunction implements KeySelector<JoinOutput, String> {

    @Override
    public String getKey(JoinOutput output) {
        return Askers.of(output.impression());
    }
}
