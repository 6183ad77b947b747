package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Lets through what happened before a time, and counts the rest. */
final class Cutoff {

    private final long until;
    private final Map<ExampleKind, Long> held = new EnumMap<>(ExampleKind.class);

    /**
     * A cutoff that has seen nothing.
     *
     * @param until epoch milliseconds, exclusive; {@link Long#MAX_VALUE} lets everything through
     */
    Cutoff(long until) {
        this.until = until;
    }

    /** How many rows of a file were held back; complete once its reader is at its end. */
    long held(ExampleKind file) {
        return held.getOrDefault(file, 0L);
    }

    /**
     * The same events up to the cutoff.
     *
     * @param reader in order of time
     * @param file whose rows they are
     * @param time of an event
     */
    <T> EventReader<T> apply(EventReader<T> reader, ExampleKind file, ToLongFunction<T> time) {
        return new EventReader<>() {
            @Override
            public T next() throws IOException {
                T event = reader.next();
                while (event != null && time.applyAsLong(event) >= until) {
                    held.merge(file, 1L, Long::sum);
                    event = reader.next();
                }
                return event;
            }

            @Override
            public long rows() {
                return reader.rows();
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }
}
