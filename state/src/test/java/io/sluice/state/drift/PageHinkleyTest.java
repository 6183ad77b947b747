package io.sluice.state.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageHinkleyTest {

    private static PageHinkley detector() {
        return new PageHinkley(PageHinkleyConfig.DEFAULT);
    }

    @Test
    void alarmsWhereTheSumOfTheDefinitionPassesItsThreshold() {
        PageHinkleyConfig config = new PageHinkleyConfig(0.01, 40, 500);
        PageHinkley detector = new PageHinkley(config);
        Losses losses = new Losses(2);
        List<Double> seen = new ArrayList<>();

        boolean alarm = false;
        for (int i = 0; i < 2_000 && !alarm; i++) {
            double loss = losses.next(0.2, i < 700 ? 0.2 : 0.6);
            seen.add(loss);
            alarm = detector.add(loss);
            if (i % 100 == 99 || alarm) {
                assertThat(alarm).as("number %d", i).isEqualTo(byDefinition(seen, config));
            }
        }

        assertThat(alarm).isTrue();
        assertThat(detector.before()).isCloseTo(0.5, within(0.1));
        assertThat(detector.after()).isGreaterThan(detector.before());
    }

    private static boolean byDefinition(List<Double> seen, PageHinkleyConfig config) {
        double sum = 0;
        double least = 0;
        for (int i = 0; i < seen.size(); i++) {
            List<Double> until = seen.subList(0, i + 1);
            double mean = until.stream().mapToDouble(x -> x).average().orElseThrow();
            double squares = until.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
            double deviation = Math.sqrt(squares / until.size());
            sum += (deviation > 0 ? (seen.get(i) - mean) / deviation : 0) - config.tolerance();
            least = Math.min(least, sum);
        }
        return seen.size() >= config.warmUp() && sum - least > config.threshold();
    }

    @Test
    void staysSilentOnStationaryStreams() {
        int alarms = 0;
        for (int seed = 0; seed < 40; seed++) {
            Losses losses = new Losses(seed);
            PageHinkley detector = detector();
            for (int i = 0; i < 20_000; i++) {
                alarms += detector.add(losses.next(0.3, 0.3)) ? 1 : 0;
            }
        }

        // 800,000 losses, one alarm for nothing in exp(2 · 0.03 · 130) / (2 · 0.03²) = 1.4 million.
        assertThat(alarms).isLessThanOrEqualTo(3);
    }

    @Test
    void noticesAStepSoon() {
        for (int seed = 0; seed < 40; seed++) {
            Losses losses = new Losses(seed);
            PageHinkley detector = detector();
            for (int i = 0; i < 10_000; i++) {
                detector.add(losses.next(0.2, 0.2));
            }
            int delay = 1;
            while (!detector.add(losses.next(0.2, 0.5))) {
                delay++;
            }
            // The loss rises by 0.42, 0.75 deviations: 130 is passed after about 200, give or take.
            assertThat(delay).as("seed %d", seed).isLessThan(400);
        }
    }

    @Test
    void beginsAnewAfterAnAlarm() {
        PageHinkley detector = new PageHinkley(new PageHinkleyConfig(0, 8, 10));
        for (int i = 0; i < 20; i++) {
            detector.add(i % 2 * 0.1);
        }
        int alarms = 0;
        for (int i = 0; i < 100; i++) {
            alarms += detector.add(1) ? 1 : 0;
        }

        assertThat(alarms).isEqualTo(1);
    }

    @Test
    void goesOnAsIfItHadNeverBeenWritten() throws IOException {
        Losses losses = new Losses(5);
        PageHinkley whole = detector();
        PageHinkley restored = detector();
        for (int i = 0; i < 30_000; i++) {
            double loss = losses.next(0.2, i % 9_000 < 4_500 ? 0.2 : 0.5);
            assertThat(restored.add(loss)).isEqualTo(whole.add(loss));
            if (i % 1_777 == 0) {
                byte[] bytes = bytes(restored);
                restored = detector();
                restored.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            }
        }

        assertThat(bytes(restored)).isEqualTo(bytes(whole)).hasSize((int) PageHinkley.BYTES);
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        PageHinkley detector = detector();
        detector.add(1);
        byte[] bytes = bytes(detector);
        bytes[0] = -1;

        assertThatThrownBy(
                        () -> detector().read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(CorruptStateException.class);
    }

    private static byte[] bytes(PageHinkley detector) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        detector.write(new DataOutputStream(buffer));
        return buffer.toByteArray();
    }
}
