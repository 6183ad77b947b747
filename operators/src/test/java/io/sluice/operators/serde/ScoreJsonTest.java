package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.Summary;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreJsonTest {

    @Test
    void aWindowIsOneFlatObject() {
        Summary summary = new Summary(4, 0.5, Double.NaN, 0.9, 1.25);

        String json = text(ScoreJson.window(new ScoreWindow(2, 8, 11, 100, 200, summary)));

        assertThat(json)
                .isEqualTo(
                        "{\"arm\":\"base\",\"window\":2,\"firstExample\":8,\"lastExample\":11,"
                                + "\"from\":100,\"to\":200,\"examples\":4,\"logloss\":0.5,"
                                + "\"auc\":null,\"normalizedEntropy\":0.9,\"calibration\":1.25}");
    }

    @Test
    void anExampleComesBackWithTheSamePrediction() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Scored scored = new Scored(i, i, "r\"ü", "i", random.nextFloat(), i % 2, 2.5f);

            assertThat(ScoreJson.readExample(ScoreJson.example(scored)))
                    .as("seed %d", seed)
                    .contains(scored);
        }
    }

    @Test
    void aWindowIsNoExampleAndAnythingElseIsRefused() throws IOException {
        Summary summary = new Summary(1, 1, 1, 1, 1);

        assertThat(ScoreJson.readExample(ScoreJson.window(new ScoreWindow(0, 0, 0, 0, 0, summary))))
                .isEmpty();
        assertThatThrownBy(() -> ScoreJson.readExample("{}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("a score must have 'window' or 'example', found {}");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
