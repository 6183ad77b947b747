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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdwinTest {

    private static final double RANGE = DriftMonitor.RANGE;

    private static Adwin adwin() {
        return new Adwin(AdwinConfig.DEFAULT, AdwinConfig.DEFAULT.confidence(), RANGE);
    }

    @Test
    void holdsSizeMeanAndVarianceOfItsWindow() {
        Adwin adwin = adwin();
        Deque<Double> window = new ArrayDeque<>();
        Random random = new Random(3);

        for (int i = 1; i <= 5_000; i++) {
            double value = random.nextDouble() * RANGE;
            window.addLast(value);
            adwin.add(value);
            while (window.size() > adwin.size()) {
                window.removeFirst();
            }
            double mean = window.stream().mapToDouble(x -> x).average().orElseThrow();
            double variance =
                    window.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / window.size();
            assertThat(adwin.size()).as("seed 3, number %d", i).isEqualTo(window.size());
            assertThat(adwin.mean()).isCloseTo(mean, within(1e-9));
            assertThat(adwin.variance()).isCloseTo(variance, within(1e-9));
        }
        assertThat(window).as("nothing changed").hasSize(5_000);
    }

    @Test
    void cutsWhereTheFormulaSays() {
        // 256 zeros, then ones: two parts whose means are 1 apart; the variance of the window is
        // n₀n₁/n² all the time, so the first place where the bound holds can be computed by hand.
        Adwin adwin = new Adwin(new AdwinConfig(0.01, 1, 1), 0.01, 1);
        for (int i = 0; i < 256; i++) {
            assertThat(adwin.add(0)).isFalse();
        }
        int expected = 1;
        while (1 < bound(256, expected, 0.01)) {
            expected++;
        }

        int ones = 1;
        while (!adwin.add(1)) {
            ones++;
        }

        assertThat(ones).isEqualTo(expected);
        assertThat(adwin.before()).isZero();
        assertThat(adwin.after()).isEqualTo(1);
    }

    private static double bound(double older, double newer, double delta) {
        double all = older + newer;
        double variance = older * newer / (all * all);
        double m = 1 / (1 / older + 1 / newer);
        double log = Math.log(2 * Math.log(all) / delta);
        return Math.sqrt(2 / m * variance * log) + 2 / (3 * m) * log;
    }

    @Test
    void staysSilentOnStationaryStreams() {
        int alarms = 0;
        int looks = 0;
        for (int seed = 0; seed < 40; seed++) {
            Losses losses = new Losses(seed);
            Adwin adwin = adwin();
            for (int i = 0; i < 20_000; i++) {
                alarms += adwin.add(losses.next(0.3, 0.3)) ? 1 : 0;
                looks += i % 32 == 31 ? 1 : 0;
            }
        }

        // δ bounds the share of looks that find something; the bound is known to be generous.
        assertThat(alarms).isLessThanOrEqualTo((int) (0.002 * looks));
    }

    @Test
    void noticesAStepSoonAndOnceOrTwice() {
        for (int seed = 0; seed < 40; seed++) {
            Losses losses = new Losses(seed);
            Adwin adwin = adwin();
            for (int i = 0; i < 10_000; i++) {
                adwin.add(losses.next(0.2, 0.2));
            }
            int delay = 1;
            while (!adwin.add(losses.next(0.2, 0.5))) {
                delay++;
            }
            // Expected loss 0.50 before, 0.92 after, deviation 0.55 to 0.69: m = 400 would do.
            assertThat(delay).as("seed %d", seed).isLessThan(800);
            assertThat(adwin.after()).isGreaterThan(adwin.before());
            int again = 0;
            for (int i = 0; i < 10_000; i++) {
                again += adwin.add(losses.next(0.2, 0.5)) ? 1 : 0;
            }
            assertThat(again)
                    .as("seed %d: one step, one alarm or a refinement", seed)
                    .isLessThan(3);
        }
    }

    @Test
    void aFallIsNoAlarmAndShortensTheWindow() {
        Losses losses = new Losses(1);
        Adwin adwin = adwin();
        boolean alarm = false;
        for (int i = 0; i < 10_000; i++) {
            alarm |= adwin.add(losses.next(0.2, 0.6));
        }
        for (int i = 0; i < 4_000; i++) {
            alarm |= adwin.add(losses.next(0.2, 0.2));
        }

        assertThat(alarm).isFalse();
        assertThat(adwin.size()).isLessThan(6_000);
    }

    @Test
    void goesOnAsIfItHadNeverBeenWritten() throws IOException {
        Losses losses = new Losses(5);
        Adwin whole = adwin();
        Adwin restored = adwin();
        for (int i = 0; i < 30_000; i++) {
            double loss = losses.next(0.2, i % 9_000 < 4_500 ? 0.2 : 0.5);
            assertThat(restored.add(loss)).isEqualTo(whole.add(loss));
            if (i % 1_777 == 0) {
                byte[] bytes = bytes(restored);
                restored = adwin();
                restored.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            }
        }

        assertThat(bytes(restored)).isEqualTo(bytes(whole));
        assertThat((long) bytes(whole).length).isLessThanOrEqualTo(Adwin.BYTES);
    }

    @Test
    void refusesBucketsThatCannotBe() throws IOException {
        Adwin adwin = adwin();
        adwin.add(1);
        byte[] bytes = bytes(adwin);
        bytes[24] = 17;

        assertThatThrownBy(() -> adwin().read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("17 buckets");
    }

    private static byte[] bytes(Adwin adwin) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        adwin.write(new DataOutputStream(buffer));
        return buffer.toByteArray();
    }
}
