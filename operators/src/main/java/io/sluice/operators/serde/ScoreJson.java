package io.sluice.operators.serde;

import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.Summary;
import io.sluice.state.learner.Scored;
import java.util.function.Consumer;

/**
 * Records of the topic of scores: the figures of a window, or one judged prediction.
 *
 * <p>What is written reads back bit by bit. A figure that is not defined is null. Pure functions.
 */
public final class ScoreJson {

    static final String WINDOW = "window";
    static final String EXAMPLE = "example";

    /** We read what we wrote, and its ids were measured when they came in. */
    private static final Limits UNLIMITED = new Limits(100 << 20, 1, 1, 1 << 20, 0, 0);

    private ScoreJson() {}

    /**
     * The figures of a window.
     *
     * @param arm whose predictions they judge
     */
    public static byte[] window(String arm, ScoreWindow window) {
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("kind", WINDOW);
                    json.writeStringField("arm", arm);
                    json.writeNumberField("number", window.number());
                    json.writeNumberField("from", window.firstSequence());
                    json.writeNumberField("to", window.lastSequence());
                    json.writeNumberField("fromTime", window.fromTime());
                    json.writeNumberField("toTime", window.toTime());
                    Summary summary = window.summary();
                    json.writeNumberField("examples", summary.examples());
                    out.numberOrNull("logloss", summary.logloss());
                    out.numberOrNull("auc", summary.auc());
                    out.numberOrNull("normalizedEntropy", summary.normalizedEntropy());
                    out.numberOrNull("calibration", summary.calibration());
                });
    }

    /** One judged prediction. */
    public static byte[] example(Scored scored) {
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("kind", EXAMPLE);
                    json.writeNumberField("sequence", scored.sequence());
                    json.writeNumberField("time", scored.time());
                    json.writeStringField("request", scored.request());
                    json.writeStringField("item", scored.item());
                    out.single("prediction", scored.prediction());
                    out.single("base", scored.base());
                    out.single("label", scored.label());
                    out.single("weight", scored.weight());
                });
    }

    /**
     * Reads a record of either kind.
     *
     * @throws BadInputException when it is neither
     */
    public static void read(byte[] value, Consumer<ScoreWindow> windows, Consumer<Scored> examples)
            throws BadInputException {
        ScoreReader reader = JsonInput.read(value, UNLIMITED, in -> new ScoreReader(in).readAll());
        if (reader.isWindow()) {
            windows.accept(reader.window());
        } else {
            examples.accept(reader.example());
        }
    }
}
