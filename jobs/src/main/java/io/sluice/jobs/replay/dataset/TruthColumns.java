package io.sluice.jobs.replay.dataset;

import io.sluice.state.evaluate.Truth;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What a generated stream says about its own truth, in columns that are never features. A file
 * without the first three has none.
 */
public final class TruthColumns {

    /** Probability of label 1. */
    public static final String TRUTH = "_truth";

    /** The same to somebody who does not know the last change. */
    public static final String STALE = "_stale";

    /** Number of changes so far. */
    public static final String PHASE = "_phase";

    /**
     * Milliseconds from the event to its outcome, for label 1; may be missing: {@link KnownDelays}.
     */
    public static final String DELAY = "_delay";

    private TruthColumns() {}

    /** Reads the truth about all rows. */
    static Optional<Truth> read(DataFile file, DataLimits limits) throws IOException {
        try (CsvReader csv = new CsvReader(file.name(), file.open(), limits.rowBytes())) {
            Columns columns = new Columns(csv.name(), csv.header(), Set.of());
            int truth = columns.optional(TRUTH);
            int stale = columns.optional(STALE);
            int phase = columns.optional(PHASE);
            if (truth < 0 || stale < 0 || phase < 0) {
                return Optional.empty();
            }
            FieldRules rules = new FieldRules(limits);
            Truth.Builder rows = new Truth.Builder();
            while (csv.next()) {
                try {
                    String[] fields = csv.fields();
                    rows.add(
                            probability(rules, TRUTH, fields[truth]),
                            probability(rules, STALE, fields[stale]),
                            (int) rules.number(PHASE, fields[phase]));
                } catch (RejectedRow e) {
                    throw new IllegalArgumentException(
                            "%s, line %d: %s"
                                    .formatted(csv.name(), csv.line().number(), e.getMessage()),
                            e);
                }
            }
            return Optional.of(rows.build());
        }
    }

    private static float probability(FieldRules rules, String name, String field)
            throws RejectedRow {
        double number = rules.number(name, field);
        if (!(number >= 0 && number <= 1)) {
            throw new RejectedRow(
                    Reason.OUT_OF_RANGE, name + " must be a probability, found '" + field + "'");
        }
        return (float) number;
    }
}
