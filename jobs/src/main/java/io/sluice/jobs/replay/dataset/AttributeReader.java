package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes the attributes of a row from its fields: numbers where all of the column are numbers, texts
 * elsewhere, nothing where the field is empty.
 */
final class AttributeReader {

    private final FieldRules rules;
    private final int[] indexes;
    private final String[] names;
    private final boolean[] numeric;

    /**
     * A reader of some columns.
     *
     * @param profiles of the table, by column
     * @param wanted which names to read
     */
    AttributeReader(
            FieldRules rules,
            Columns columns,
            Map<String, ColumnProfile> profiles,
            Predicate<String> wanted) {
        this.rules = rules;
        indexes =
                Arrays.stream(columns.attributes())
                        .filter(i -> wanted.test(columns.name(i)))
                        .toArray();
        names = Arrays.stream(indexes).mapToObj(columns::name).toArray(String[]::new);
        numeric = new boolean[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            numeric[i] = profiles.get(names[i]).isNumeric();
        }
    }

    /** Whether there is nothing to read. */
    boolean isEmpty() {
        return indexes.length == 0;
    }

    /** The attributes of one row. */
    Attributes read(String[] fields) throws RejectedRow {
        Attributes.Builder builder = Attributes.builder();
        for (int i = 0; i < indexes.length; i++) {
            String field = fields[indexes[i]];
            if (!field.isEmpty()) {
                put(i, field, builder);
            }
        }
        return builder.build();
    }

    private void put(int i, String field, Attributes.Builder builder) throws RejectedRow {
        if (numeric[i]) {
            double number = rules.number(names[i], field);
            if (Double.isNaN(number)) {
                throw new RejectedRow(Reason.WRONG_TYPE, names[i] + " is blank");
            }
            builder.put(names[i], number);
        } else {
            builder.put(names[i], rules.text(names[i], field));
        }
    }

    /** Two bags as one; where both have a name, the first bag's values stay. */
    static Attributes merge(Attributes first, Attributes second) {
        if (second.size() == 0) {
            return first;
        }
        if (first.size() == 0) {
            return second;
        }
        Attributes.Builder builder = Attributes.builder().putAll(first);
        for (int i = 0; i < second.size(); i++) {
            String name = second.name(i);
            if (first.first(name) < 0) {
                if (second.isNumber(i)) {
                    builder.put(name, second.number(i));
                } else {
                    builder.put(name, second.text(i));
                }
            }
        }
        return builder.build();
    }
}
