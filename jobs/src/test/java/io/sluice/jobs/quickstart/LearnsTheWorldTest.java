package io.sluice.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.jobs.config.SluiceConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of {@code quickstart.yaml} against the simulated world, without the machinery. */
class LearnsTheWorldTest {

    private static final int VISITS = 6000;
    private static final int PARTS = 6;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void beatsPopularityAndTheSortAndRecoversFromTheDrift(long seed) {
        SluiceConfig config = QuickstartConfig.loader().set("seed=" + seed).load();
        SimulatedWorld world = new SimulatedWorld(WorldSize.DEFAULT, seed);

        List<Map<String, Double>> rates = new LoopTwin(world, config, 100).run(VISITS, PARTS, seed);

        for (int end : new int[] {PARTS / 2 - 1, PARTS - 1}) {
            Map<String, Double> rate = rates.get(end);
            assertThat(rate.get("engine")).isGreaterThan(1.1 * rate.get("popularity"));
            assertThat(rate.get("popularity")).isGreaterThan(1.1 * rate.get("random"));
            assertThat(rate.get("oracle")).isGreaterThan(rate.get("engine"));
        }
        Map<String, Double> last = rates.get(PARTS - 1);
        assertThat(last.get("engine")).isGreaterThan(1.03 * last.get("sort"));
        double dip = share(rates.get(PARTS / 2));
        assertThat(share(rates.get(PARTS - 1)))
                .isCloseTo(share(rates.get(PARTS / 2 - 1)), within(0.08))
                .isGreaterThan(dip + 0.1);
    }

    private static double share(Map<String, Double> rate) {
        return rate.get("engine") / rate.get("oracle");
    }
}
