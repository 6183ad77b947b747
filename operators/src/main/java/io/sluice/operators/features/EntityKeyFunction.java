package io.sluice.operators.features;

import io.sluice.state.feature.stream.EntityMessage;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;

/** Brings all messages of an entity together: scope and key. */
public final class EntityKeyFunction implements KeySelector<EntityMessage, Tuple2<Integer, Long>> {

    /** The key as a Flink type. */
    public static final TypeInformation<Tuple2<Integer, Long>> TYPE =
            Types.TUPLE(Types.INT, Types.LONG);

    @Override
    public Tuple2<Integer, Long> getKey(EntityMessage message) {
        return Tuple2.of(message.scope(), message.key());
    }
}
