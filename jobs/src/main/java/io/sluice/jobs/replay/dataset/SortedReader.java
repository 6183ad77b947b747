package io.sluice.jobs.replay.dataset;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.ToLongFunction;

/**
 * Puts a file that is not in order of time into it, by holding all of it in memory; rows of the
 * same time keep their order.
 *
 * @param <T> the kind of event
 */
final class SortedReader<T> implements EventReader<T> {

    private final EventReader<T> file;
    private final ToLongFunction<T> time;
    private Queue<T> sorted;

    SortedReader(EventReader<T> file, ToLongFunction<T> time) {
        this.file = file;
        this.time = time;
    }

    @Override
    public T next() throws IOException {
        if (sorted == null) {
            List<T> all = new ArrayList<>();
            for (T event = file.next(); event != null; event = file.next()) {
                all.add(event);
            }
            all.sort(Comparator.comparingLong(time));
            sorted = new ArrayDeque<>(all);
        }
        return sorted.poll();
    }

    @Override
    public long rows() {
        return file.rows();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
