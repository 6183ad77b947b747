package io.sluice.jobs.replay;

import io.sluice.jobs.config.TopicsConfig;
import io.sluice.jobs.replay.dataset.SideTable;
import io.sluice.jobs.replay.dataset.SideTables;
import io.sluice.state.event.CatalogueEntry;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of items and users of a data set, for the topics of the same: servers complete with
 * them what requests leave out, as the events of the history have been completed.
 */
final class ImportedCatalogue {

    private final Map<String, SideTable> tables = new TreeMap<>();

    ImportedCatalogue(SideTables sides, TopicsConfig topics) {
        add(topics.items(), sides.items());
        add(topics.users(), sides.users());
    }

    private void add(String topic, SideTable table) {
        if (!table.isEmpty()) {
            tables.put(topic, table);
        }
    }

    /** Tables that say something, by their topics. */
    Map<String, SideTable> tables() {
        return tables;
    }

    /**
     * Sends what is known, as of the end of the history: whatever the product says later is newer.
     *
     * @param target leaves out the topics that are not to be touched
     */
    void send(ImportTarget target, EventSender sender) throws IOException {
        long asOf =
                sender.sent().values().stream()
                        .mapToLong(EventSender.Tally::lastEventTime)
                        .max()
                        .orElse(0);
        for (Map.Entry<String, SideTable> each : tables.entrySet()) {
            if (target.takes(each.getKey())) {
                each.getValue()
                        .forEach(
                                (id, attributes) ->
                                        sender.send(
                                                each.getKey(),
                                                new CatalogueEntry(id, asOf, attributes)));
            }
        }
        sender.flush();
    }
}
