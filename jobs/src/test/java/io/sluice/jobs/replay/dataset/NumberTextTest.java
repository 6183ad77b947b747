package io.sluice.jobs.replay.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-12", "123456789012345"})
    void tellsWholeNumbers(String field) {
        assertThat(NumberText.of(field)).isEqualTo(NumberText.INTEGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "-3.25", ".5", "5.", "1e3", "2.5E-7", "-1e+2"})
    void tellsFractions(String field) {
        assertThat(NumberText.of(field)).isEqualTo(NumberText.FRACTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "inf", "-Infinity", "1e999"})
    void tellsWhatIsNotFinite(String field) {
        assertThat(NumberText.of(field)).isEqualTo(NumberText.NOT_FINITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "007",
                "1234567890123456",
                "-",
                " ",
                "1 2",
                "1e",
                "12a",
                "1.2.3",
                "0x1",
                "1d"
            })
    void leavesCodesAndWordsAlone(String field) {
        assertThat(NumberText.of(field)).isEqualTo(NumberText.NONE);
    }
}
