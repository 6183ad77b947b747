package io.sluice.jobs.replay.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of one table hold, by all of its rows.
 *
 * @param file name of the file; empty when there is none
 * @param columns by name, in the order of the file; bookkeeping, ids and outcomes left out
 */
public record TableProfile(String file, Map<String, ColumnProfile> columns) {

    /** Of a table that does not exist. */
    static final TableProfile NONE = new TableProfile("", Map.of());

    /** Looks through a table of users or items, whose first column is the id. */
    static TableProfile ofSide(Optional<DataFile> file, DataLimits limits) throws IOException {
        if (file.isEmpty()) {
            return NONE;
        }
        try (CsvReader csv =
                new CsvReader(file.get().name(), file.get().open(), limits.rowBytes())) {
            Columns columns = new Columns(csv.name(), csv.header(), Set.of(csv.header()[0]));
            Map<String, ColumnProfile> profiles = emptyProfiles(columns);
            while (csv.next()) {
                addRow(csv, columns, profiles);
            }
            return new TableProfile(csv.name(), profiles);
        }
    }

    static Map<String, ColumnProfile> emptyProfiles(Columns columns) {
        Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
        columns.attributeNames().forEach(name -> profiles.put(name, new ColumnProfile()));
        return profiles;
    }

    private static void addRow(CsvReader csv, Columns columns, Map<String, ColumnProfile> profiles)
            throws IOException {
        try {
            String[] fields = csv.fields();
            for (int i : columns.attributes()) {
                profiles.get(columns.name(i)).add(fields[i]);
            }
        } catch (RejectedRow unreadable) {
            // Says nothing about the columns; it becomes a dead letter when the table is read.
        }
    }
}
