package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FactSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactTest {

    private static final Attributes NONE = Attributes.EMPTY;
    private static final Attributes RED = Attributes.builder().put("colour", "red").build();
    private static final ShownItem SLOT = new ShownItem("i", 0, Double.NaN, Double.NaN, RED);
    private static final Impression SHOWN = new Impression("r", 5, "u", NONE, List.of(SLOT), "");

    @Test
    void timesBefore1970AndTheEndOfTimeAreRefused() {
        for (long time : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> StreamFixture.outcome(time, "u", "i", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("time must be within [0, ");
        }
        assertThat(StreamFixture.outcome(0, "u", "i", 1).time()).isZero();
    }

    @Test
    void anEventIsTheFactsThatItsSourcesMean() {
        Interaction event = new Interaction("r", 7, "u", "i", 1, 3, NONE, RED);

        assertThat(meant(Facts.of(event, true)))
                .containsExactly("outcomes", "positives", "interactions");
        assertThat(meant(Facts.of(event, false))).containsExactly("interactions");
        assertThat(meant(Facts.shown(SHOWN, SLOT))).containsExactly("impressions");
        assertThat(meant(Facts.outcome(9, SHOWN, SLOT, 0))).containsExactly("outcomes");
        assertThat(meant(Facts.feedback(9, "click", SHOWN, SLOT, 2)))
                .containsExactly("feedback.click");
        assertThat(meant(Facts.feedback(9, "skip", SHOWN, SLOT, 2))).isEmpty();
        assertThat(Facts.of(event, true).value()).isEqualTo(3);
        assertThat(Facts.shown(SHOWN, SLOT).time()).isEqualTo(5);
        assertThat(Facts.outcome(9, SHOWN, SLOT, 0).features()).isEqualTo(RED);
    }

    private static List<String> meant(Fact fact) {
        return List.of("impressions", "outcomes", "positives", "interactions", "feedback.click")
                .stream()
                .filter(source -> fact.isOf(FactSource.parse(source)))
                .toList();
    }

    @Test
    void factsThatDifferInAnythingThatFeaturesSeeHaveAnOrder() {
        Attributes blue = Attributes.builder().put("colour", "blue").build();
        Attributes two = Attributes.builder().put("colour", 2).build();
        Attributes swapped =
                Attributes.builder().put("colour", "blue").put("colour", "red").build();
        Attributes both = Attributes.builder().put("colour", "red").put("colour", "blue").build();
        List<Fact> facts =
                List.of(
                        new Fact(1, "", 5, "u", NONE, "i", RED, 0, 1),
                        new Fact(2, "", 5, "u", NONE, "i", RED, 0, 1),
                        new Fact(1, "k", 5, "u", NONE, "i", RED, 0, 1),
                        new Fact(1, "", 5, "", NONE, "i", RED, 0, 1),
                        new Fact(1, "", 5, "u", RED, "i", NONE, 0, 1),
                        new Fact(1, "", 5, "u", NONE, "j", RED, 0, 1),
                        new Fact(1, "", 5, "u", NONE, "i", blue, 0, 1),
                        new Fact(1, "", 5, "u", NONE, "i", two, 0, 1),
                        new Fact(1, "", 5, "u", NONE, "i", both, 0, 1),
                        new Fact(1, "", 5, "u", NONE, "i", swapped, 0, 1),
                        new Fact(1, "", 5, "u", NONE, "i", RED, 1, 1),
                        new Fact(1, "", 5, "u", NONE, "i", RED, 0, Double.NaN));

        Set<Long> ties = new HashSet<>();
        facts.forEach(fact -> ties.add(fact.tie()));

        assertThat(ties).hasSameSizeAs(facts);
    }

    @Test
    void howRequestsAreCalledDoesNotChangeTheOrder() {
        assertThat(Facts.of(called("a"), true).tie()).isEqualTo(Facts.of(called("b"), true).tie());
    }

    private static Interaction called(String request) {
        return new Interaction(request, 5, "u", "i", 1, 3, NONE, RED);
    }

    @Test
    void loggedValuesDoNotChangeTheOrder() {
        Attributes logged = Attributes.builder().putAll(RED).put("~count", 5).build();
        Fact plain = new Fact(1, "", 5, "u", NONE, "i", RED, 0, 1);
        Fact ranked = new Fact(1, "", 5, "u", NONE, "i", logged, 0, 1);

        assertThat(ranked.tie()).isEqualTo(plain.tie());
    }
}
