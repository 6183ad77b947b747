package io.sluice.operators.join;

import io.sluice.state.event.Interaction;
import io.sluice.state.join.Arrival;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * Brings an interaction and its repetitions together: request and item, the request's length before
 * them, so that no two pairs make one key. Those without a request have nothing to meet; they are
 * spread by user, item and time, so that equal ones keep their order.
 */
public final class InteractionKeyFunction implements KeySelector<Arrival, String> {

    @Override
    public String getKey(Arrival arrival) {
        Interaction interaction = of(arrival);
        String request = interaction.request();
        return request.isEmpty()
                ? "0:" + interaction.user() + interaction.item() + interaction.timestamp()
                : request.length() + ":" + request + interaction.item();
    }

    static Interaction of(Arrival arrival) {
        if (arrival.event() instanceof Interaction interaction) {
            return interaction;
        }
        throw new IllegalStateException(
                "only interactions can be told from their repetitions here, found a "
                        + arrival.event().getClass().getSimpleName());
    }
}
