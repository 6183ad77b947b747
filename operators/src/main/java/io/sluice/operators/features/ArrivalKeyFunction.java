package io.sluice.operators.features;

import io.sluice.state.join.Arrival;
import org.apache.flink.api.java.functions.KeySelector;

/** Gives each record a key of its own, where its answers come to. */
public final class ArrivalKeyFunction implements KeySelector<Arrival, String> {

    @Override
    public String getKey(Arrival arrival) {
        return Askers.of(arrival.source());
    }
}
