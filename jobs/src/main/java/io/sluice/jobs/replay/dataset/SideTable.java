package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is known of each user, or of each item: a table by id. Immutable once read. */
public final class SideTable {

    /** Nothing is known of anybody. */
    public static final SideTable NONE = new SideTable(Map.of());

    private final Map<String, Attributes> rows;

    private SideTable(Map<String, Attributes> rows) {
        this.rows = rows;
    }

    /** What is known of one id; nothing for an unknown one. */
    public Attributes of(String id) {
        return rows.getOrDefault(id, Attributes.EMPTY);
    }

    /** Hands out what is known of each id of which anything is, in the order of ids. */
    public void forEach(Visitor visitor) throws IOException {
        for (Map.Entry<String, Attributes> row : new TreeMap<>(rows).entrySet()) {
            if (row.getValue().size() > 0) {
                visitor.row(row.getKey(), row.getValue());
            }
        }
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Visitor {
        /** One row. */
        void row(String id, Attributes attributes) throws IOException;
    }

    /** Whether nothing is known of anybody. */
    public boolean isEmpty() {
        return rows.values().stream().allMatch(attributes -> attributes.size() == 0);
    }

    /** How many ids are known. */
    public int size() {
        return rows.size();
    }

    /**
     * Reads a table. Its first column is the id; of rows with the same id the first counts, the
     * others are dead letters.
     */
    static SideTable read(
            Optional<DataFile> file,
            TableProfile profile,
            Predicate<String> wanted,
            DataLimits limits,
            DeadLetterBox dead)
            throws IOException {
        Map<String, Attributes> rows = new HashMap<>();
        if (file.isEmpty()) {
            return new SideTable(rows);
        }
        FieldRules rules = new FieldRules(limits);
        try (CsvReader csv =
                new CsvReader(file.get().name(), file.get().open(), limits.rowBytes())) {
            Columns columns = new Columns(csv.name(), csv.header(), Set.of(csv.header()[0]));
            AttributeReader reader = new AttributeReader(rules, columns, profile.columns(), wanted);
            while (csv.next()) {
                try {
                    String[] fields = csv.fields();
                    String id = rules.id(csv.header()[0], fields[0]);
                    Attributes attributes = reader.read(fields);
                    if (rows.putIfAbsent(id, attributes) != null) {
                        throw new RejectedRow(
                                Reason.DUPLICATE_ITEM,
                                csv.header()[0] + " '" + id + "' has a row already");
                    }
                } catch (RejectedRow e) {
                    RawLine line = csv.line();
                    dead.add(csv.name(), line.number(), line.bytes(), e.reason(), e.getMessage());
                }
            }
        }
        return new SideTable(rows);
    }
}
