package io.sluice.operators.serde;

import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.Summary;
import io.sluice.state.event.Reason;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Collects the fields of a score record, in whatever order they come. Good for one record. */
final class ScoreReader {

    private final JsonInput in;
    private final Map<String, Long> integers = new HashMap<>();
    private String kind;
    private String request;
    private String item;
    private double logloss = Double.NaN;
    private double auc = Double.NaN;
    private double normalizedEntropy = Double.NaN;
    private double calibration = Double.NaN;
    private float prediction = Float.NaN;
    private float base = Float.NaN;
    private float label = Float.NaN;
    private float weight = Float.NaN;

    ScoreReader(JsonInput in) {
        this.in = in;
    }

    ScoreReader readAll() throws IOException, BadInputException {
        while (in.nextField()) {
            String field = in.name();
            switch (field) {
                case "kind" -> kind = in.id(field);
                case "number", "from", "to", "fromTime", "toTime", "examples", "sequence", "time" ->
                        integers.put(field, in.integer(field, Long.MIN_VALUE, Long.MAX_VALUE));
                case "logloss" -> logloss = in.number(field);
                case "auc" -> auc = in.number(field);
                case "normalizedEntropy" -> normalizedEntropy = in.number(field);
                case "calibration" -> calibration = in.number(field);
                case "request" -> request = in.text(field);
                case "item" -> item = in.id(field);
                case "prediction" -> prediction = in.single(field);
                case "base" -> base = in.single(field);
                case "label" -> label = in.single(field);
                case "weight" -> weight = in.single(field);
                default -> in.skipUnknown();
            }
        }
        String expected = ScoreJson.WINDOW + " or " + ScoreJson.EXAMPLE;
        in.required("kind", kind, expected);
        if (!kind.equals(ScoreJson.WINDOW) && !kind.equals(ScoreJson.EXAMPLE)) {
            throw in.fault(
                    Reason.UNKNOWN_KIND, "kind", "the text " + Excerpt.quoted(kind), expected);
        }
        return this;
    }

    boolean isWindow() {
        return kind.equals(ScoreJson.WINDOW);
    }

    ScoreWindow window() throws BadInputException {
        return new ScoreWindow(
                integer("number"),
                integer("from"),
                integer("to"),
                integer("fromTime"),
                integer("toTime"),
                new Summary(integer("examples"), logloss, auc, normalizedEntropy, calibration));
    }

    Scored example() throws BadInputException {
        return new Scored(
                integer("sequence"),
                integer("time"),
                in.required("request", request, "a text"),
                in.required("item", item, "a text"),
                single("prediction", prediction),
                Float.isNaN(base) ? prediction : base,
                single("label", label),
                single("weight", weight));
    }

    private long integer(String field) throws BadInputException {
        return in.required(field, integers.get(field), "a whole number");
    }

    private float single(String field, float value) throws BadInputException {
        return in.required(field, Float.isNaN(value) ? null : value, "a number");
    }
}
