package io.sluice.jobs.scorer;

import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.rank.ShortlistScorer;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Makes the scorer that a configuration asks for. */
public final class Scorers {

    /** What has to be added to the class path for ONNX models. */
    static final String RUNTIME = "com.microsoft.onnxruntime:onnxruntime:1.20.0";

    private Scorers() {}

    /**
     * Makes it.
     *
     * @param environment from a variable's name to its value, null when it is not set
     * @return null when nobody else has the last word
     */
    public static ShortlistScorer of(ScorerConfig config, UnaryOperator<String> environment) {
        return switch (config.kind()) {
            case NONE -> null;
            case ONNX -> new LoggedScorer(onnx(config));
            case CHAT -> new LoggedScorer(new ChatScorer(config, token(config, environment)));
        };
    }

    private static ShortlistScorer onnx(ScorerConfig config) {
        try {
            return OnnxScorer.open(config, Path.of(config.file().orElseThrow()));
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    ("rank.scorer.kind is onnx, but its runtime is not there: add the jar of %s, as"
                                    + " in java -cp sluice.jar:onnxruntime.jar"
                                    + " io.sluice.jobs.cli.SluiceCommand")
                            .formatted(RUNTIME),
                    e);
        }
    }

    private static String token(ScorerConfig config, UnaryOperator<String> environment) {
        if (config.tokenFrom().isEmpty()) {
            return "";
        }
        String token = environment.apply(config.tokenFrom().get());
        if (token == null || token.isBlank()) {
            throw new IllegalArgumentException(
                    "rank.scorer.tokenFrom names the environment variable %s, which is not set"
                            .formatted(config.tokenFrom().get()));
        }
        return token;
    }
}
