package io.sluice.state.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureVectorTest {

    /** Rows and numbers in turn. */
    private static FeatureVector mixed() {
        FeatureVector x = new FeatureVector(0);
        for (int i = 0; i < 20; i++) {
            x.add(i + 1, i);
            x.addNumber(i % 3, i % 5 == 0 ? Double.NaN : i / 2.0);
        }
        return x;
    }

    @Test
    void numbersAreKeptWithTheirPlace() {
        FeatureVector x = mixed();

        assertThat(x.size()).isEqualTo(20);
        assertThat(x.numbers()).isEqualTo(20);
        assertThat(x.numberIndex(7)).isEqualTo(1);
        assertThat(x.number(7)).isEqualTo(3.5f);
        assertThat(x.numberAt(7)).isEqualTo(8);
        assertThat(x.number(5)).isNaN();
    }

    @Test
    void vectorsAreEqualWhenRowsNumbersAndPlacesAre() {
        FeatureVector x = mixed();

        assertThat(mixed()).isEqualTo(x).hasSameHashCodeAs(x).hasToString(x.toString());
        FeatureVector otherNumber = mixed();
        otherNumber.addNumber(1, 2);
        FeatureVector otherPlace = new FeatureVector();
        otherPlace.addNumber(0, 1);
        otherPlace.add(5, 1);
        FeatureVector otherOrder = new FeatureVector();
        otherOrder.add(5, 1);
        otherOrder.addNumber(0, 1);
        FeatureVector otherIndex = new FeatureVector();
        otherIndex.add(5, 1);
        otherIndex.addNumber(1, 1);
        assertThat(otherNumber).isNotEqualTo(x);
        assertThat(otherPlace).isNotEqualTo(otherOrder);
        assertThat(otherIndex).isNotEqualTo(otherOrder);
        assertThat(otherOrder).hasToString("[5:1.0, #0:1.0]");
    }

    @Test
    void aCopyIsEqualAndKeepsNothingInCommon() {
        FeatureVector x = mixed();
        FeatureVector copy = x.copy();
        assertThat(copy).isEqualTo(x);

        x.clear();
        x.addNumber(2, 9);
        copy.addNumber(2, 7);
        copy.add(3, 3);

        FeatureVector expected = mixed();
        expected.addNumber(2, 7);
        expected.add(3, 3);
        assertThat(copy).isEqualTo(expected);
    }

    @Test
    void aClearedVectorIsAsNew() {
        FeatureVector x = mixed();

        x.clear();

        assertThat(x).isEqualTo(new FeatureVector()).hasSameHashCodeAs(new FeatureVector());
        assertThat(x.numbers()).isZero();
    }

    @Test
    void numbersStayFinite() {
        FeatureVector x = new FeatureVector();
        for (double each : new double[] {1e300, Double.NEGATIVE_INFINITY, 1e-300, -0.0}) {
            x.addNumber(0, each);
        }

        assertThat(x.number(0)).isEqualTo(Float.MAX_VALUE);
        assertThat(x.number(1)).isEqualTo(-Float.MAX_VALUE);
        assertThat(x.number(2)).isEqualTo(0);
        assertThat(x.number(3)).isEqualTo(-0.0f);
    }
}
