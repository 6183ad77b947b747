package io.sluice.jobs.replay;

import io.sluice.operators.serde.DriftJson;
import io.sluice.state.drift.DetectorKind;
import io.sluice.state.drift.DriftAlarm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a report says of the alarms of drift. */
final class DriftNotes {

    /** More lines than this nobody reads; the count stands in the first. */
    private static final int MOST = 10;

    private DriftNotes() {}

    /** A line with the number of alarms, and one for each of the first; none without detector. */
    static List<String> of(DetectorKind detector, List<DriftAlarm> alarms) {
        List<String> notes = new ArrayList<>();
        if (detector == DetectorKind.NONE) {
            return notes;
        }
        long ofStream = alarms.stream().filter(alarm -> alarm.change().field().isEmpty()).count();
        notes.add(
                "drift: %s raised %,d alarms of the whole stream and %,d of segments"
                        .formatted(DriftJson.word(detector), ofStream, alarms.size() - ofStream));
        alarms.stream().limit(MOST).map(DriftNotes::line).forEach(notes::add);
        return notes;
    }

    private static String line(DriftAlarm alarm) {
        String field = alarm.change().field();
        return String.format(
                Locale.ROOT,
                "drift: example %,d, %s, %s: surprise %.4f nats, before it %.4f",
                alarm.sequence(),
                Instant.ofEpochMilli(alarm.time()),
                field.isEmpty()
                        ? "whole stream"
                        : field + ' ' + DriftJson.key(alarm.change()) + " (" + alarm.item() + ')',
                alarm.change().to(),
                alarm.change().from());
    }
}
