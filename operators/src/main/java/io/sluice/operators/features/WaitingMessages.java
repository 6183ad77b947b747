package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.feature.stream.EntityBuffer;
import io.sluice.state.feature.stream.EntityMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * Messages that wait, as keyed state: written at a checkpoint, those of each key group together
 * under one of its entities, so that they move with the group. Between checkpoints they are on the
 * heap only.
 */
final class WaitingMessages {

    private static final ListStateDescriptor<EntityMessage> STATE =
            new ListStateDescriptor<>(StateNames.ENTITY_WAITING, SluiceTypes.ENTITY_MESSAGE);

    private final KeyedStateBackend<Tuple2<Integer, Long>> backend;
    private final ListState<EntityMessage> state;
    private final int groups;

    /** Entities that messages are written under. */
    private final Set<Tuple2<Integer, Long>> written = new HashSet<>();

    /**
     * Messages of an operator.
     *
     * @param groups key groups of the whole job
     */
    WaitingMessages(KeyedStateBackend<Tuple2<Integer, Long>> backend, int groups) throws Exception {
        this.backend = backend;
        this.groups = groups;
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
        for (Tuple2<Integer, Long> entity : written) {
            backend.setCurrentKey(entity);
            state.clear();
        }
        written.clear();
        Map<Integer, List<EntityMessage>> byGroup = new TreeMap<>();
        for (EntityMessage message : buffer.waiting()) {
            int group = KeyGroupRangeAssignment.assignToKeyGroup(entity(message), groups);
            byGroup.computeIfAbsent(group, unused -> new ArrayList<>()).add(message);
        }
        for (List<EntityMessage> messages : byGroup.values()) {
            Tuple2<Integer, Long> entity = entity(messages.get(0));
            backend.setCurrentKey(entity);
            state.update(messages);
            written.add(entity);
        }
    }

    private static Tuple2<Integer, Long> entity(EntityMessage message) {
        return Tuple2.of(message.scope(), message.key());
    }
}
