package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.join.RepetitionRule;
import io.sluice.state.join.SeenInteractions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads labelled events one by one, in the order of the file.
 *
 * <p>The 0-based number of the data row, padded with zeros, becomes the request id, so that rows of
 * the same time keep their order wherever they are sorted again. An id of the file's own, in a
 * column {@code request}, serves to find repetitions, which are dead letters by the rule of the
 * training job ({@link io.sluice.state.join.RepetitionRule}).
 */
final class InteractionReader implements EventReader<Interaction> {

    static final String REQUEST = "request";
    static final String TIMESTAMP = "timestamp";
    static final String USER = "user";
    static final String ITEM = "item";
    static final String LABEL = "label";
    static final String VALUE = "value";
    static final Set<String> RESERVED = Set.of(REQUEST, TIMESTAMP, USER, ITEM, LABEL, VALUE);

    private static final int ROW_DIGITS = 10;

    private final CsvReader csv;
    private final FieldRules rules;
    private final SideTables sides;
    private final AttributeReader context;
    private final Optional<RowTimes> times;
    private final double labelThreshold;
    private final DeadLetterBox dead;
    private final SeenInteractions seen;
    private final int request;
    private final int timestamp;
    private final int user;
    private final int item;
    private final int label;
    private final int value;
    private long row = -1;

    /**
     * Opens a file.
     *
     * @param times the moments of its rows; empty: as they stand there
     * @param labelThreshold the label of a row without one is whether its value reaches this; NaN
     *     when such rows can't be used
     */
    InteractionReader(
            CsvReader csv,
            DataLimits limits,
            Optional<RowTimes> times,
            Map<String, ColumnProfile> profiles,
            Predicate<String> wantedContext,
            SideTables sides,
            double labelThreshold,
            DeadLetterBox dead) {
        this.csv = csv;
        this.times = times;
        this.sides = sides;
        this.labelThreshold = labelThreshold;
        this.dead = dead;
        rules = new FieldRules(limits);
        Columns columns = new Columns(csv.name(), csv.header(), RESERVED);
        context = new AttributeReader(rules, columns, profiles, wantedContext);
        seen = new SeenInteractions(new RepetitionRule(limits.repeatMs()));
        request = columns.optional(REQUEST);
        timestamp = columns.required(TIMESTAMP);
        user = columns.optional(USER);
        item = columns.required(ITEM);
        value = columns.optional(VALUE);
        label = Double.isNaN(labelThreshold) ? columns.required(LABEL) : columns.optional(LABEL);
    }

    @Override
    public Interaction next() throws IOException {
        while (csv.next()) {
            row++;
            try {
                return read(csv.fields());
            } catch (RejectedRow e) {
                RawLine line = csv.line();
                dead.add(csv.name(), line.number(), line.bytes(), e.reason(), e.getMessage());
            }
        }
        return null;
    }

    private Interaction read(String[] fields) throws RejectedRow {
        long written = rules.timestamp(fields[timestamp]);
        long time = times.isPresent() ? times.get().of((int) row) : written;
        String who = user < 0 ? "" : rules.text(USER, fields[user]);
        String what = rules.id(ITEM, fields[item]);
        double number = value < 0 ? Double.NaN : rules.number(VALUE, fields[value]);
        double outcome = label(label < 0 ? "" : fields[label], number);
        Attributes own = context.isEmpty() ? Attributes.EMPTY : context.read(fields);
        if (request >= 0) {
            refuseRepetition(rules.text(REQUEST, fields[request]), time, who, what);
        }
        return new Interaction(
                padded(row),
                time,
                who,
                what,
                outcome,
                number,
                AttributeReader.merge(own, sides.users().of(who)),
                sides.items().of(what));
    }

    private void refuseRepetition(String id, long time, String who, String what)
            throws RejectedRow {
        Interaction named =
                new Interaction(
                        id, time, who, what, 0, Double.NaN, Attributes.EMPTY, Attributes.EMPTY);
        Long until = seen.repetition(named);
        if (until != null) {
            throw new RejectedRow(
                    Reason.DUPLICATE_INTERACTION, RepetitionRule.explain(named, until));
        }
    }

    private double label(String field, double number) throws RejectedRow {
        double given = rules.label(field);
        if (!Double.isNaN(given)) {
            return given;
        }
        if (Double.isNaN(labelThreshold) || Double.isNaN(number)) {
            throw new RejectedRow(
                    Reason.MISSING_FIELD,
                    Double.isNaN(labelThreshold)
                            ? "label is empty and examples.labelThreshold is not set"
                            : "label and value are empty");
        }
        return number >= labelThreshold ? 1 : 0;
    }

    private static String padded(long row) {
        char[] digits = new char[ROW_DIGITS];
        long rest = row;
        for (int i = ROW_DIGITS - 1; i >= 0; i--) {
            digits[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(digits);
    }

    @Override
    public long rows() {
        return row + 1;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
