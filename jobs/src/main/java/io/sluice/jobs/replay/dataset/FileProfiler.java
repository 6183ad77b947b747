package io.sluice.jobs.replay.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.state.feature.StreamedAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks once through a whole file of events before any of it is learnt: what its columns hold,
 * whether it is in order of time and tells a user's events apart, and its checksum. Labels are not
 * looked at.
 */
final class FileProfiler {

    private final DataFile file;
    private final DataLimits limits;
    private final Optional<RowTimes> times;
    private final FieldRules rules;
    private Map<String, ColumnProfile> context = new LinkedHashMap<>();
    private final Map<String, ColumnProfile> features = new LinkedHashMap<>();
    private long rows;
    private boolean inOrder = true;
    private long last = Long.MIN_VALUE;
    private String lastUser = "";
    private long timed;
    private long moments;
    private long known;
    private long ties;

    /**
     * A look that is still to come.
     *
     * @param times the moments of the rows of a table; empty: as they stand there
     */
    FileProfiler(DataFile file, DataLimits limits, Optional<RowTimes> times) {
        this.file = file;
        this.limits = limits;
        this.times = times;
        rules = new FieldRules(limits);
    }

    FileProfile profile(ExampleKind kind) throws IOException {
        MessageDigest sha = sha256();
        try (InputStream in = new DigestInputStream(file.open(), sha)) {
            if (kind == ExampleKind.SLATES) {
                readSlates(new LineReader(in, limits.rowBytes()));
            } else {
                readTable(new CsvReader(file.name(), in, limits.rowBytes()));
            }
        }
        return new FileProfile(
                context,
                features,
                rows,
                inOrder,
                known == 0 ? 0 : (double) ties / known,
                timed == 0 ? 0 : 1 - (double) known / timed,
                timed == 0 ? 1 : (double) moments / timed,
                HexFormat.of().formatHex(sha.digest()));
    }

    private void readTable(CsvReader csv) throws IOException {
        Columns columns = new Columns(csv.name(), csv.header(), InteractionReader.RESERVED);
        int timestamp = columns.required(InteractionReader.TIMESTAMP);
        int user = columns.optional(InteractionReader.USER);
        int[] attributes = columns.attributes();
        context = TableProfile.emptyProfiles(columns);
        ColumnProfile[] profiles = context.values().toArray(new ColumnProfile[0]);
        for (int row = 0; csv.next(); row++) {
            try {
                String[] fields = csv.fields();
                rows++;
                for (int i = 0; i < attributes.length; i++) {
                    profiles[i].add(fields[attributes[i]]);
                }
                long written = rules.timestamp(fields[timestamp]);
                long time = times.isPresent() ? times.get().of(row) : written;
                countTie(user < 0 ? "" : fields[user], time);
                checkOrder(time);
            } catch (RejectedRow unusable) {
                // Becomes a dead letter when the file is read for its events.
            }
        }
    }

    private void readSlates(LineReader lines) throws IOException {
        SlateJson json = new SlateJson(limits);
        for (RawLine line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode slate = json.parse(line.text());
                rows++;
                addFields(slate.path("context"), context);
                for (JsonNode item : slate.path("items")) {
                    addFields(item.path("features"), features);
                }
                checkOrder(slate.path("timestamp").asLong(last));
            } catch (RejectedRow unusable) {
                // Becomes a dead letter when the file is read for its events.
            }
        }
    }

    private static void addFields(JsonNode object, Map<String, ColumnProfile> profiles) {
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            String name = each.getKey();
            boolean offered =
                    !name.isBlank()
                            && !name.startsWith("_")
                            && !StreamedAttributes.isLoggedName(name);
            if (offered && !each.getValue().isNull()) {
                addValues(
                        each.getValue(),
                        profiles.computeIfAbsent(name, key -> new ColumnProfile()));
            }
        }
    }

    private static void addValues(JsonNode value, ColumnProfile profile) {
        if (value.isArray()) {
            profile.addSeveral();
            for (JsonNode each : value) {
                profile.add(each.asText());
            }
        } else {
            profile.add(value.asText());
        }
    }

    private void countTie(String user, long time) {
        timed++;
        moments += time == last ? 0 : 1;
        if (!user.isEmpty()) {
            known++;
            ties += user.equals(lastUser) && time == last ? 1 : 0;
        }
        lastUser = user;
    }

    private void checkOrder(long time) {
        inOrder &= time >= last;
        last = time;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
