package io.sluice.jobs.replay.dataset;

import io.sluice.state.kernel.Hashing;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The moment of each row of a file whose clock is coarse, but whose rows of equal time follow one
 * another in the order of the file: the n-th behind the first of a time has n ms more. Rows of one
 * {@code request} share their moment. 8 bytes a row, 28 more while it is read. Immutable.
 *
 * <p>Every row with a time that can be read counts, whether it becomes an event or a dead letter,
 * so that moments belong to the file and not to a configuration.
 */
final class RowTimes {

    private static final long UNREADABLE = Long.MIN_VALUE;

    private final String name;
    private long[] times = new long[1024]; // by row
    private long[] requests = new long[1024]; // by row, hashed; 0 for none
    private int[] lines = new int[1024]; // by row
    private int rows;

    private RowTimes(String name) {
        this.name = name;
    }

    /** The moment of a row whose time can be read, epoch milliseconds. */
    long of(int row) {
        return times[row];
    }

    /**
     * Reads all times.
     *
     * @throws IllegalArgumentException where the rows of one time need more milliseconds than there
     *     are until the next, with file and line
     */
    static RowTimes read(DataFile file, DataLimits limits) throws IOException {
        try (CsvReader csv = new CsvReader(file.name(), file.open(), limits.rowBytes())) {
            RowTimes times = new RowTimes(file.name());
            times.readRows(csv, new FieldRules(limits));
            times.space();
            return times;
        }
    }

    private void readRows(CsvReader csv, FieldRules rules) throws IOException {
        Columns columns = new Columns(csv.name(), csv.header(), InteractionReader.RESERVED);
        int timestamp = columns.required(InteractionReader.TIMESTAMP);
        int request = columns.optional(InteractionReader.REQUEST);
        while (csv.next()) {
            long time = UNREADABLE;
            long id = 0;
            try {
                String[] fields = csv.fields();
                time = rules.timestamp(fields[timestamp]);
                id =
                        request < 0 || fields[request].isEmpty()
                                ? 0
                                : Hashing.text(1, fields[request]);
            } catch (RejectedRow unusable) {
                // Becomes a dead letter when the file is read for its events.
            }
            add(time, id, (int) csv.line().number());
        }
    }

    private void add(long time, long request, int line) {
        if (rows == times.length) {
            times = Arrays.copyOf(times, 2 * rows);
            requests = Arrays.copyOf(requests, 2 * rows);
            lines = Arrays.copyOf(lines, 2 * rows);
        }
        times[rows] = time;
        requests[rows] = request;
        lines[rows++] = line;
    }

    private void space() {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, row -> row);
        // Stable: rows of equal time keep the order of the file.
        Arrays.sort(order, Comparator.comparingLong(row -> times[row]));
        long time = UNREADABLE;
        long moment = UNREADABLE;
        long request = 0;
        for (int row : order) {
            if (times[row] == UNREADABLE) {
                continue;
            }
            boolean isSameRequest = requests[row] != 0 && requests[row] == request;
            if (times[row] != time) {
                checkPassed(row, time, moment);
                time = times[row];
                moment = time;
            } else if (!isSameRequest) {
                moment++;
            }
            request = requests[row];
            times[row] = moment;
        }
        requests = new long[0];
        lines = new int[0];
    }

    private void checkPassed(int row, long time, long moment) {
        if (times[row] <= moment) {
            throw new IllegalArgumentException(
                    "%s, line %d: timestamp must be above %d with examples.ordered, by which the rows of time %d before it reach that, found %d; give rows finer times, or set examples.ordered to false"
                            .formatted(name, lines[row], moment, time, times[row]));
        }
    }
}
