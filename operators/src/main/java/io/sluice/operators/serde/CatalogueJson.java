package io.sluice.operators.serde;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Entries of the topics of items and users as JSON, by the same rules as events: {@code {"id",
 * "timestamp", "features": {}}}.
 *
 * <p>The record's key is the id in UTF-8: compaction and removals go by the key, so an entry under
 * another one is refused. Pure, O(bytes).
 */
public final class CatalogueJson {

    private CatalogueJson() {}

    /** Reads the id that a record's key is. */
    public static String id(byte[] key) throws BadInputException {
        if (key == null || key.length == 0) {
            throw new BadInputException(Reason.MISSING_FIELD, "key", "nothing", "the id, in UTF-8");
        }
        Utf8.check(key);
        return new String(key, StandardCharsets.UTF_8);
    }

    /**
     * Reads an entry.
     *
     * @param key the record's key
     * @param value the record's value
     * @param limits what is too large or too far off
     * @param recordTimestamp the record's own time, epoch milliseconds; negative when it has none
     * @throws BadInputException when it cannot be used
     */
    public static CatalogueEntry parse(
            byte[] key, byte[] value, Limits limits, long recordTimestamp)
            throws BadInputException {
        String id = id(key);
        TimeRule times = new TimeRule(limits, recordTimestamp, TimeRule.REQUIRED);
        return JsonInput.read(value, limits, in -> read(in, id, times));
    }

    private static CatalogueEntry read(JsonInput in, String key, TimeRule times)
            throws IOException, BadInputException {
        String id = null;
        long timestamp = TimeRule.REQUIRED;
        Attributes features = Attributes.EMPTY;
        while (in.nextField()) {
            switch (in.name()) {
                case "id" -> id = in.id("id");
                case "timestamp" -> timestamp = times.read(in);
                case "features" -> features = AttributesReader.readOwn(in, "features");
                default -> in.skipUnknown();
            }
        }
        if (!key.equals(in.required("id", id, "a text"))) {
            throw in.fault(
                    Reason.OUT_OF_RANGE,
                    "id",
                    "the text " + Excerpt.quoted(id),
                    "the record's key, which is " + Excerpt.quoted(key));
        }
        return new CatalogueEntry(id, times.orAbsent(in, timestamp), features);
    }

    /** Writes an entry, without its key. */
    public static byte[] write(CatalogueEntry entry) {
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("id", entry.id());
                    json.writeNumberField("timestamp", entry.timestamp());
                    out.attributes("features", entry.features());
                });
    }
}
