package io.sluice.jobs.replay.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads slates one by one, in the order of the file, and joins what is known of users and items.
 *
 * <p>A click on an item that was not shown, or a second one on the same item, is a dead letter of
 * its own; the slate stays. A second slate with the same request is a dead letter as a whole.
 */
final class SlateReader implements EventReader<Slate> {

    private final String name;
    private final LineReader lines;
    private final SlateJson json;
    private final Predicate<String> wantedContext;
    private final Predicate<String> wantedFeatures;
    private final SideTables sides;
    private final DeadLetterBox dead;
    private final Set<String> requests = new HashSet<>();
    private RawLine line;
    private long rows;

    SlateReader(
            DataFile file,
            DataLimits limits,
            Predicate<String> wantedContext,
            Predicate<String> wantedFeatures,
            SideTables sides,
            DeadLetterBox dead)
            throws IOException {
        name = file.name();
        lines = new LineReader(file.open(), limits.rowBytes());
        this.wantedContext = wantedContext;
        this.wantedFeatures = wantedFeatures;
        this.sides = sides;
        this.dead = dead;
        json = new SlateJson(limits);
    }

    @Override
    public Slate next() throws IOException {
        for (line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            rows++;
            try {
                return read(json.parse(line.text()));
            } catch (RejectedRow e) {
                reject(e);
            }
        }
        return null;
    }

    private Slate read(JsonNode slate) throws RejectedRow {
        Impression shown = json.impression(slate);
        List<String> named = json.clicked(slate);
        if (!requests.add(shown.request())) {
            throw new RejectedRow(
                    Reason.DUPLICATE_REQUEST,
                    "request '%s' has come before".formatted(shown.request()));
        }
        Set<String> ids = new HashSet<>();
        for (ShownItem item : shown.items()) {
            ids.add(item.id());
        }
        Set<String> clicked = new HashSet<>();
        for (String id : named) {
            if (!ids.contains(id)) {
                reject(
                        new RejectedRow(
                                Reason.NOT_SHOWN,
                                "clicked names '%s', which items does not hold".formatted(id)));
            } else if (!clicked.add(id)) {
                reject(
                        new RejectedRow(
                                Reason.DUPLICATE_FEEDBACK,
                                "clicked names '%s' twice".formatted(id)));
            }
        }
        return new Slate(joined(shown), clicked);
    }

    private Impression joined(Impression shown) {
        Attributes context =
                AttributeReader.merge(
                        select(shown.context(), wantedContext), sides.users().of(shown.user()));
        List<ShownItem> items = shown.items().stream().map(this::joined).toList();
        return new Impression(
                shown.request(), shown.timestamp(), shown.user(), context, items, shown.model());
    }

    private ShownItem joined(ShownItem item) {
        Attributes features =
                AttributeReader.merge(
                        select(item.features(), wantedFeatures), sides.items().of(item.id()));
        return new ShownItem(item.id(), item.position(), item.score(), item.propensity(), features);
    }

    private static Attributes select(Attributes all, Predicate<String> wanted) {
        Attributes.Builder builder = Attributes.builder();
        for (int i = 0; i < all.size(); i++) {
            if (wanted.test(all.name(i))) {
                if (all.isNumber(i)) {
                    builder.put(all.name(i), all.number(i));
                } else {
                    builder.put(all.name(i), all.text(i));
                }
            }
        }
        return builder.build();
    }

    private void reject(RejectedRow e) {
        dead.add(name, line.number(), line.bytes(), e.reason(), e.getMessage());
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
