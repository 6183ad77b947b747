package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.Summary;
import io.sluice.state.learner.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreJsonTest {

    private static final long NOON = SampleEvents.NOON;

    private final List<ScoreWindow> windows = new ArrayList<>();
    private final List<Scored> examples = new ArrayList<>();

    @Test
    void aWindowLooksLikeThis() {
        Summary summary = new Summary(1000, 0.5, 0.75, 1.25, Double.NaN);

        byte[] json =
                ScoreJson.window(
                        "default", new ScoreWindow(1, 1000, 1999, NOON, NOON + 5, summary));

        assertThat(new String(json, UTF_8))
                .isEqualTo(
                        """
                        {"kind":"window","arm":"default","number":1,"from":1000,"to":1999,\
                        "fromTime":1700000000000,"toTime":1700000000005,"examples":1000,\
                        "logloss":0.5,"auc":0.75,"normalizedEntropy":1.25,"calibration":null}""");
    }

    @Test
    void anExampleLooksLikeThis() {
        assertThat(new String(ScoreJson.example(SampleEvents.scored()[0]), UTF_8))
                .isEqualTo(
                        """
                        {"kind":"example","sequence":0,"time":1700000000000,"request":"r1",\
                        "item":"i1","prediction":0.1,"base":0.2,"label":1,"weight":1}""");
    }

    @Test
    void windowsReadBackBitByBit() throws BadInputException {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        List<ScoreWindow> written = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Summary summary =
                    new Summary(
                            random.nextInt(1000),
                            figure(random),
                            figure(random),
                            figure(random),
                            figure(random));
            ScoreWindow window =
                    new ScoreWindow(
                            i, random.nextLong(), random.nextLong(), i, random.nextLong(), summary);
            written.add(window);
            read(ScoreJson.window("base", window));
        }

        assertThat(windows).as(() -> "seed " + seed).isEqualTo(written);
        assertThat(examples).isEmpty();
    }

    @Test
    void examplesReadBackBitByBit() throws BadInputException {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        List<Scored> written = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            float prediction =
                    Float.intBitsToFloat(random.nextInt(0x3f80_0001)); // 0 to 1, any bits
            Scored scored =
                    new Scored(
                            i,
                            random.nextLong(),
                            i % 3 == 0 ? "" : "r\n" + i,
                            "猫" + i,
                            prediction,
                            random.nextFloat(),
                            random.nextInt(2),
                            1 / random.nextFloat(1e-6f, 1));
            written.add(scored);
            read(ScoreJson.example(scored));
        }

        assertThat(examples).as(() -> "seed " + seed).isEqualTo(written);
        assertThat(windows).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | kind: found nothing, expected window or example",
                "'{\"kind\": \"other\"}' | kind: found the text \"other\"",
                "'{\"kind\": \"window\", \"number\": 1}' | from: found nothing",
                "'{\"kind\": \"example\", \"sequence\": 1, \"time\": 1, \"request\": \"\","
                        + " \"item\": \"i\"}' | prediction: found nothing",
                "'{\"kind\": \"example\", \"sequence\": null}' | sequence: found null, expected a"
                        + " whole number",
            })
    void whatIsNeitherIsRefused(String json, String message) {
        assertThatThrownBy(() -> read(json.getBytes(UTF_8)))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(message);
    }

    private void read(byte[] json) throws BadInputException {
        ScoreJson.read(json, windows::add, examples::add);
    }

    private static double figure(Random random) {
        return random.nextInt(5) == 0 ? Double.NaN : random.nextDouble() * 3;
    }
}
