package io.sluice.state.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttributesTest {

    @Test
    void theOrderOfNamesDoesNotMatterAndThatOfValuesDoes() {
        Attributes one = Attributes.builder().put("b", 1).put("a", "x").put("a", "y").build();
        Attributes same = Attributes.builder().put("a", "x").put("a", "y").put("b", 1).build();
        Attributes other = Attributes.builder().put("a", "y").put("a", "x").put("b", 1).build();

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void findsTheFirstOfRepeatedNames() {
        Attributes bag =
                Attributes.builder().put("c", "1").put("a", "0").put("c", "2").put("d", 3).build();

        assertThat(bag.first("c")).isEqualTo(1);
        assertThat(bag.text(1)).isEqualTo("1");
        assertThat(bag.text(2)).isEqualTo("2");
        assertThat(bag.first("b")).isEqualTo(-1);
        assertThat(bag.isNumber(bag.first("d"))).isTrue();
    }

    @Test
    void refusesWhatIsNoFiniteNumber() {
        assertThatThrownBy(() -> Attributes.builder().put("price", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attribute 'price' must be a finite number, found NaN");
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(Attributes.builder().put("x", -0.0).build())
                .isEqualTo(Attributes.builder().put("x", 0.0).build());
    }
}
