package io.sluice.operators.serde;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.ShownMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads an {@link Impression}. */
final class ImpressionReader {

    private ImpressionReader() {}

    static Impression read(JsonInput in, TimeRule times) throws IOException, BadInputException {
        String request = null;
        long timestamp = TimeRule.REQUIRED;
        String user = null;
        String model = null;
        Attributes context = Attributes.EMPTY;
        List<ShownItem> items = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "request" -> request = in.id("request");
                case "timestamp" -> timestamp = times.read(in);
                case "user" -> user = in.id("user");
                case "context" -> context = AttributesReader.read(in, "context");
                case "items" -> items = ItemsReader.read(in, ImpressionReader::item, ShownItem::id);
                case "model" -> model = in.id("model");
                default -> in.skipUnknown();
            }
        }
        return new Impression(
                in.required("request", request, "a text"),
                times.orAbsent(in, timestamp),
                Objects.requireNonNullElse(user, ""),
                context,
                in.required("items", items, "a list of items"),
                Objects.requireNonNullElse(model, ""));
    }

    private static ShownItem item(JsonInput in, int index) throws IOException, BadInputException {
        String id = null;
        int position = index;
        double score = Double.NaN;
        double propensity = Double.NaN;
        Attributes features = Attributes.EMPTY;
        ShownMemory memory = ShownMemory.NONE;
        while (in.nextField()) {
            switch (in.name()) {
                case "id" -> id = in.id("id");
                case "position" -> position = in.isNull() ? index : position(in);
                case "score" -> score = in.probability("score");
                case "propensity" -> propensity = in.probability("propensity");
                case "features" -> features = AttributesReader.read(in, "features");
                case "memory" -> memory = memory(in);
                default -> in.skipUnknown();
            }
        }
        in.required("items[].id", id, "a text");
        return new ShownItem(id, position, score, propensity, features, memory);
    }

    /** What the server that ranked wrote down for the learner; of no use to anybody else. */
    private static ShownMemory memory(JsonInput in) throws IOException, BadInputException {
        if (!in.enterObject("memory")) {
            return ShownMemory.NONE;
        }
        double base = Double.NaN;
        List<Float> corrections = List.of();
        while (in.nextField()) {
            switch (in.name()) {
                case "base" -> base = in.probability("base");
                case "corrections" -> corrections = corrections(in);
                default -> in.skipUnknown();
            }
        }
        return Double.isNaN(base) ? ShownMemory.NONE : new ShownMemory(base, corrections);
    }

    private static List<Float> corrections(JsonInput in) throws IOException, BadInputException {
        List<Float> corrections = new ArrayList<>();
        if (!in.enterList("corrections")) {
            return corrections;
        }
        while (in.nextElement()) {
            if (corrections.size() == ShownMemory.MOST) {
                throw in.fault(
                        Reason.OUT_OF_RANGE,
                        "corrections",
                        "more than " + ShownMemory.MOST,
                        "at most " + ShownMemory.MOST);
            }
            float correction = in.single("corrections");
            if (!Float.isFinite(correction)) {
                throw in.wrongType("corrections", "finite numbers");
            }
            corrections.add(correction);
        }
        return corrections;
    }

    private static int position(JsonInput in) throws IOException, BadInputException {
        return (int) in.integer("position", 0, in.limits().slateItems() - 1);
    }
}
