package io.sluice.operators.serde;

import io.sluice.state.event.Reason;
import java.io.IOException;

/**
 * Which timestamps are believed: from {@code limits.earliest} to {@code limits.aheadMs} after the
 * time at which the record was written. A wrong unit is the usual cause, so it is named.
 */
final class TimeRule {

    /** A timestamp may not be left out. */
    static final long REQUIRED = -1;

    private final long earliest;
    private final long latest;
    private final long absent;

    /**
     * A rule for one record.
     *
     * @param limits the limits
     * @param now when the record was written, epoch milliseconds; negative when it does not say
     * @param absent taken for a timestamp that is left out, or {@link #REQUIRED}
     */
    TimeRule(Limits limits, long now, long absent) {
        earliest = limits.earliest();
        latest = limits.latest(now);
        this.absent = absent;
    }

    /** The current value as a timestamp; {@link #REQUIRED} when it is null. */
    long read(JsonInput in) throws IOException, BadInputException {
        if (in.isNull()) {
            return REQUIRED;
        }
        long time = in.integer("timestamp", Long.MIN_VALUE, Long.MAX_VALUE);
        if (time < earliest || time > latest) {
            throw in.fault(
                    Reason.BAD_TIMESTAMP,
                    "timestamp",
                    "the number " + time + hint(time),
                    "epoch milliseconds within [%d, %d]".formatted(earliest, latest));
        }
        return time;
    }

    /** The timestamp of a record after all of its fields were read. */
    long orAbsent(JsonInput in, long time) throws BadInputException {
        if (time != REQUIRED) {
            return time;
        }
        return in.required("timestamp", absent == REQUIRED ? null : absent, "epoch milliseconds");
    }

    private String hint(long time) {
        if (time >= earliest / 1000 && time <= latest / 1000) {
            return " (seconds?)";
        }
        if (time / 1000 >= earliest && time / 1000 <= latest) {
            return " (microseconds?)";
        }
        if (time / 1_000_000 >= earliest && time / 1_000_000 <= latest) {
            return " (nanoseconds?)";
        }
        return "";
    }
}
