package io.sluice.state.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DriftConfigTest {

    @Test
    void namesTheSettingThatIsOutOfItsRange() {
        assertThatThrownBy(() -> new AdwinConfig(0, 32, 100))
                .hasMessage("drift.adwin.confidence must be within (0, 0.5], found 0");
        assertThatThrownBy(() -> new AdwinConfig(0.1, 0, 100))
                .hasMessageStartingWith("drift.adwin.every must be within [1, 10000]");
        assertThatThrownBy(() -> new AdwinConfig(0.1, 1, 0))
                .hasMessageStartingWith("drift.adwin.least must be within [1, 1000000]");
        assertThatThrownBy(() -> new PageHinkleyConfig(-1, 40, 100))
                .hasMessageStartingWith("drift.pageHinkley.tolerance must be within [0, 10]");
        assertThatThrownBy(() -> new PageHinkleyConfig(0, 0, 100))
                .hasMessageStartingWith("drift.pageHinkley.threshold must be within (0, 1");
        assertThatThrownBy(() -> new PageHinkleyConfig(0, 40, 0))
                .hasMessageStartingWith("drift.pageHinkley.warmUp must be within [1, 1000000]");
        assertThatThrownBy(() -> config(48, 8))
                .hasMessage("drift.segments must be a power of two, found 48");
        assertThatThrownBy(() -> config(64, 0))
                .hasMessage("drift.hastenFactor must be within [1, 1000], found 0");
    }

    private static DriftConfig config(int segments, int factor) {
        return new DriftConfig(
                DetectorKind.ADWIN,
                AdwinConfig.DEFAULT,
                PageHinkleyConfig.DEFAULT,
                "item",
                segments,
                factor,
                0);
    }

    @Test
    void countsTheStreamBesideItsSegments() {
        assertThat(DriftConfig.NONE.detectors()).isZero();
        assertThat(DriftConfig.DEFAULT.with(DetectorKind.ADWIN).detectors()).isEqualTo(1);
        assertThat(config(64, 8).detectors()).isEqualTo(65);
    }
}
