package io.sluice.state.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {

    @Test
    void returnsTheValueThatPasses() {
        assertThat(Checks.inRange("x", 0.5, 0, 1)).isEqualTo(0.5);
        assertThat(Checks.inRange("x", 1.0, 0, 1)).isEqualTo(1.0);
        assertThat(Checks.inRange("x", -3, -3, 3)).isEqualTo(-3);
        assertThat(Checks.positive("x", Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Checks.positive("x", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Checks.positive("x", Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Checks.notNegative("x", 0)).isZero();
        assertThat(Checks.notNegative("x", 0.0)).isZero();
        assertThat(Checks.finite("x", -Double.MAX_VALUE)).isEqualTo(-Double.MAX_VALUE);
        assertThat(Checks.finite("x", new float[] {1, 2})).containsExactly(1, 2);
        assertThat(Checks.powerOfTwo("x", 1)).isEqualTo(1);
        assertThat(Checks.powerOfTwo("x", 1 << 30)).isEqualTo(1 << 30);
        assertThat(Checks.length("x", 4, 4)).isEqualTo(4);
        assertThat(Checks.notBlank("x", " a ")).isEqualTo(" a ");
        assertThat(Checks.notNull("x", "a")).isEqualTo("a");
    }

    static Stream<Arguments> faults() {
        float[] withNan = {0, Float.NaN};
        return Stream.of(
                fault(() -> Checks.inRange("f", 1.5, 0, 1), "f must be within [0, 1], found 1.5"),
                fault(
                        () -> Checks.inRange("f", Double.NaN, 0, 1),
                        "f must be within [0, 1], found NaN"),
                fault(() -> Checks.inRange("f", 9, 1, 8), "f must be within [1, 8], found 9"),
                fault(() -> Checks.positive("f", 0), "f must be positive, found 0"),
                fault(() -> Checks.positive("f", -1L), "f must be positive, found -1"),
                fault(
                        () -> Checks.positive("f", Double.POSITIVE_INFINITY),
                        "f must be positive and finite, found Infinity"),
                fault(
                        () -> Checks.positive("f", Double.NaN),
                        "f must be positive and finite, found NaN"),
                fault(() -> Checks.notNegative("f", -1), "f must be zero or more, found -1"),
                fault(
                        () -> Checks.notNegative("f", -0.5),
                        "f must be zero or more and finite, found -0.5"),
                fault(() -> Checks.finite("f", Double.NaN), "f must be finite, found NaN"),
                fault(() -> Checks.finite("f", withNan), "f[1] must be finite, found NaN"),
                fault(() -> Checks.powerOfTwo("f", 0), "f must be a power of two, found 0"),
                fault(() -> Checks.powerOfTwo("f", 12), "f must be a power of two, found 12"),
                fault(
                        () -> Checks.powerOfTwo("f", Integer.MIN_VALUE),
                        "f must be a power of two, found -2147483648"),
                fault(() -> Checks.length("f", 3, 4), "f must be of length 4, found 3"),
                fault(() -> Checks.notBlank("f", " "), "f must be a non-blank text, found \" \""),
                fault(() -> Checks.notBlank("f", null), "f must be a non-blank text, found null"),
                fault(() -> Checks.notNull("f", null), "f must be given, found null"),
                fault(() -> Checks.that(false, "f", "even", 3), "f must be even, found 3"));
    }

    private static Arguments fault(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void namesFieldExpectationAndValue(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void saysNothingWhenAConditionHolds() {
        Checks.that(true, "f", "even", 2);
    }
}
