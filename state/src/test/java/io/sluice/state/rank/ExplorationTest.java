package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExplorationTest {

    @Test
    void propensitiesAreTheFrequenciesOfTheArrangements() {
        Exploration exploration = new Exploration(0.3, 42);
        int n = 5;
        int requests = 200_000;
        int[][] seen = new int[n][n];

        for (int r = 0; r < requests; r++) {
            int[] arranged = arranged(exploration, "request-" + r, n);
            for (int place = 0; place < n; place++) {
                seen[arranged[place]][place]++;
            }
        }

        // 25 cells; 5 standard errors of a share of 0.5 among 200,000 are 0.0056.
        for (int greedy = 0; greedy < n; greedy++) {
            for (int place = 0; place < n; place++) {
                assertThat(seen[greedy][place] / (double) requests)
                        .isCloseTo(
                                exploration.propensity(greedy == place ? 1 : 0, 1, n),
                                within(0.0056));
            }
        }
    }

    @Test
    void propensitiesOfAPlaceAndOfAnItemAddUpToOne() {
        Exploration exploration = new Exploration(0.05, 1);
        for (int n = 1; n <= 7; n++) {
            for (int i = 0; i < n; i++) {
                double ofItem = 0;
                double ofPlace = 0;
                for (int j = 0; j < n; j++) {
                    ofItem += exploration.propensity(i == j ? 1 : 0, 1, n);
                    ofPlace += exploration.propensity(j == i ? 1 : 0, 1, n);
                }
                assertThat(ofItem).isCloseTo(1, within(1e-12));
                assertThat(ofPlace).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void aRepeatedRequestIsArrangedTheSameAndAnotherSeedDiffers() {
        Exploration one = new Exploration(1, 1);

        assertThat(arranged(one, "r", 50)).isEqualTo(arranged(new Exploration(1, 1), "r", 50));
        assertThat(arranged(one, "r", 50)).isNotEqualTo(arranged(new Exploration(1, 2), "r", 50));
    }

    @Test
    void withoutExplorationTheGreedyOrderStands() {
        Exploration none = new Exploration(0, 1);

        for (int r = 0; r < 1000; r++) {
            assertThat(arranged(none, "request-" + r, 4)).containsExactly(0, 1, 2, 3);
        }
        assertThat(arranged(none, "r", 0)).isEmpty();
        assertThat(none.propensity(1, 1, 4)).isEqualTo(1);
        assertThat(none.propensity(0, 1, 4)).isZero();
    }

    @Test
    void anEpsilonOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Exploration(1.5, 1))
                .hasMessage("serve.exploration must be within [0, 1], found 1.5");
    }

    private static int[] arranged(Exploration exploration, String request, int n) {
        int[] order = new int[n];
        exploration.arrange(request, n, order);
        return order;
    }
}
