package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.Summary;
import io.sluice.state.learner.Scored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The records of the {@code scores} topic.
 *
 * <pre>
 * {"arm":"base","window":3,"firstExample":3000,"lastExample":3999,"from":…,"to":…,
 *  "examples":1000,"logloss":0.41,"auc":0.75,"normalizedEntropy":0.92,"calibration":1.01}
 * {"arm":"base","example":3000,"time":…,"request":"r","item":"i",
 *  "prediction":0.25,"label":1,"weight":1}
 * </pre>
 *
 * <p>A figure that is not defined (the AUC of one kind of label) is null. Predictions are written
 * with as many digits as it takes to read the same float back. Thread-safe.
 */
public final class ScoreJson {

    /** The one arm there is: the model as it is. */
    private static final String ARM = "base";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ScoreJson() {}

    /** A window's figures. */
    public static byte[] window(ScoreWindow window) {
        return write(
                json -> {
                    json.writeNumberField("window", window.number());
                    json.writeNumberField("firstExample", window.firstSequence());
                    json.writeNumberField("lastExample", window.lastSequence());
                    json.writeNumberField("from", window.fromTime());
                    json.writeNumberField("to", window.toTime());
                    Summary summary = window.summary();
                    json.writeNumberField("examples", summary.examples());
                    figure(json, "logloss", summary.logloss());
                    figure(json, "auc", summary.auc());
                    figure(json, "normalizedEntropy", summary.normalizedEntropy());
                    figure(json, "calibration", summary.calibration());
                });
    }

    /** A judged prediction. */
    public static byte[] example(Scored scored) {
        return write(
                json -> {
                    json.writeNumberField("example", scored.sequence());
                    json.writeNumberField("time", scored.time());
                    json.writeStringField("request", scored.request());
                    json.writeStringField("item", scored.item());
                    json.writeNumberField("prediction", scored.prediction());
                    json.writeNumberField("label", scored.label());
                    json.writeNumberField("weight", scored.weight());
                });
    }

    /**
     * Reads a judged prediction; empty for a window.
     *
     * @throws IOException when it is neither
     */
    public static Optional<Scored> readExample(byte[] value) throws IOException {
        JsonNode json = MAPPER.readTree(value);
        if (json.has("window")) {
            return Optional.empty();
        }
        if (!json.has("example")) {
            throw new IOException("a score must have 'window' or 'example', found " + json);
        }
        return Optional.of(
                new Scored(
                        json.get("example").longValue(),
                        json.get("time").longValue(),
                        json.get("request").textValue(),
                        json.get("item").textValue(),
                        json.get("prediction").floatValue(),
                        json.get("label").floatValue(),
                        json.get("weight").floatValue()));
    }

    private static void figure(JsonGenerator json, String name, double figure) throws IOException {
        if (Double.isFinite(figure)) {
            json.writeNumberField(name, figure);
        } else {
            json.writeNullField(name);
        }
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("arm", ARM);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
