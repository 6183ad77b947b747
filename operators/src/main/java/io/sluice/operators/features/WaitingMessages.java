package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.feature.stream.EntityBuffer;
import io.sluice.state.feature.stream.EntityMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * Messages that wait, as keyed state: written at a checkpoint, each under its entity, so that they
 * move with its key group. Between checkpoints they are on the heap only.
 */
final class WaitingMessages {

    private static final ListStateDescriptor<EntityMessage> STATE =
            new ListStateDescriptor<>(StateNames.ENTITY_WAITING, SluiceTypes.ENTITY_MESSAGE);

    private final KeyedStateBackend<Tuple2<Integer, Long>> backend;
    private final ListState<EntityMessage> state;

    /** Entities that have messages in the state. */
    private final Set<Tuple2<Integer, Long>> written = new HashSet<>();

    WaitingMessages(KeyedStateBackend<Tuple2<Integer, Long>> backend) throws Exception {
        this.backend = backend;
        state =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, STATE);
    }

    /** Puts all that waited at the checkpoint back into the buffer. */
    void restore(EntityBuffer buffer) throws Exception {
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                STATE,
                (entity, waiting) -> {
                    waiting.get().forEach(buffer::add);
                    written.add(entity);
                });
    }

    /** Replaces what was written at the checkpoint before. */
    void write(EntityBuffer buffer) throws Exception {
        Map<Tuple2<Integer, Long>, List<EntityMessage>> byEntity = new HashMap<>();
        for (EntityMessage message : buffer.waiting()) {
            byEntity.computeIfAbsent(
                            Tuple2.of(message.scope(), message.key()), entity -> new ArrayList<>())
                    .add(message);
        }
        for (Tuple2<Integer, Long> entity : written) {
            if (!byEntity.containsKey(entity)) {
                backend.setCurrentKey(entity);
                state.clear();
            }
        }
        written.clear();
        for (Map.Entry<Tuple2<Integer, Long>, List<EntityMessage>> each : byEntity.entrySet()) {
            backend.setCurrentKey(each.getKey());
            state.update(each.getValue());
            written.add(each.getKey());
        }
    }
}
