package io.sluice.jobs.replay.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;

/**
 * Hands out events one at a time; rows that are none go to the dead letters.
 *
 * @param <T> the kind of event
 */
public interface EventReader<T> extends Closeable {

    /** The next event; null at the end. */
    T next() throws IOException;

    /** Rows read so far, bad ones included. */
    long rows();

    /** A reader of nothing. */
    static <T> EventReader<T> none() {
        return of(Collections.emptyIterator());
    }

    /** A reader of events that are in memory already. */
    static <T> EventReader<T> of(Iterator<T> events) {
        return new EventReader<>() {
            @Override
            public T next() {
                return events.hasNext() ? events.next() : null;
            }

            @Override
            public long rows() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
