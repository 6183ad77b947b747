package io.sluice.operators.time;

import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the partitions of the events ended when a job was submitted: a partition that is not read
 * up to there is not quiet, however long nothing comes of it. Immutable.
 */
public final class BacklogEnds implements Serializable {

    /** No partition held anything. */
    public static final BacklogEnds NONE = new BacklogEnds(Map.of());

    private static final long serialVersionUID = 1;

    private final HashMap<String, HashMap<Integer, Long>> ends = new HashMap<>();

    /**
     * Ends of the partitions that held something.
     *
     * @param ends by topic and partition, the offset behind the last record
     */
    public BacklogEnds(Map<String, Map<Integer, Long>> ends) {
        ends.forEach((topic, partitions) -> this.ends.put(topic, new HashMap<>(partitions)));
    }

    /** Whether no partition held anything. */
    boolean isEmpty() {
        return ends.isEmpty();
    }

    /** Whether more records were there behind this one. */
    boolean goesOnBehind(Incoming incoming) {
        if (incoming instanceof Arrival arrival) {
            var source = arrival.source();
            return goesOnBehind(source.topic(), source.partition(), source.offset());
        }
        var letter = ((Incoming.Refused) incoming).letter();
        return goesOnBehind(letter.topic(), letter.partition(), letter.offset());
    }

    private boolean goesOnBehind(String topic, int partition, long offset) {
        HashMap<Integer, Long> partitions = ends.get(topic);
        return partitions != null && offset + 1 < partitions.getOrDefault(partition, 0L);
    }
}
