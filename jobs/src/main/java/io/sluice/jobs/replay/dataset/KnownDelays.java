package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * After how long the positives of a file became known, where its column {@value TruthColumns#DELAY}
 * says so; 8 bytes a row. Immutable.
 */
public final class KnownDelays {

    /** What {@link #of} says of rows that say nothing. */
    public static final long UNKNOWN = -1;

    private final long[] byRow;

    private KnownDelays(long[] byRow) {
        this.byRow = byRow;
    }

    /** Milliseconds from a row's event to its outcome, 0 or more; {@link #UNKNOWN}. */
    public long of(int row) {
        return byRow[row];
    }

    /**
     * Reads the column; empty when there is none.
     *
     * @param longestMs the longest that may stand there
     * @throws IllegalArgumentException for what is no such time, with file and line
     */
    static Optional<KnownDelays> read(DataFile file, DataLimits limits, long longestMs)
            throws IOException {
        try (CsvReader csv = new CsvReader(file.name(), file.open(), limits.rowBytes())) {
            int column =
                    new Columns(csv.name(), csv.header(), Set.of()).optional(TruthColumns.DELAY);
            if (column < 0) {
                return Optional.empty();
            }
            FieldRules rules = new FieldRules(limits);
            long[] byRow = new long[1024];
            int rows = 0;
            while (csv.next()) {
                if (rows == byRow.length) {
                    byRow = Arrays.copyOf(byRow, 2 * rows);
                }
                String field = field(csv, column);
                try {
                    byRow[rows++] = delay(rules, field, longestMs);
                } catch (RejectedRow e) {
                    throw new IllegalArgumentException(
                            "%s, line %d: %s"
                                    .formatted(csv.name(), csv.line().number(), e.getMessage()),
                            e);
                }
            }
            return Optional.of(new KnownDelays(Arrays.copyOf(byRow, rows)));
        }
    }

    /** Empty in a row that cannot be read, whose event is a dead letter. */
    private static String field(CsvReader csv, int column) throws IOException {
        try {
            return csv.fields()[column];
        } catch (RejectedRow e) {
            return "";
        }
    }

    private static long delay(FieldRules rules, String field, long longestMs) throws RejectedRow {
        double number = rules.number(TruthColumns.DELAY, field);
        if (Double.isNaN(number)) {
            return UNKNOWN;
        }
        if (number < 0 || number > longestMs || number != Math.rint(number)) {
            throw new RejectedRow(
                    Reason.OUT_OF_RANGE,
                    "%s must be whole milliseconds within [0, %d], which is examples.delayMs, found '%s'; set examples.delayMs to the longest delay, or examples.positiveDelayMs to have delays drawn"
                            .formatted(TruthColumns.DELAY, longestMs, field));
        }
        return (long) number;
    }
}
