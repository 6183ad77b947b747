package io.sluice.state.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskScheduleTest {

    private final MaskSchedule schedule =
            new MaskSchedule(new SparsityConfig(SparsityMethod.DSL, 0.5, 20, 5, 0.5, 0.1, 80));

    @Test
    void theShareFallsAlongHalfACosineToItsFloorAndStaysThere() {
        double[] expected = {0.5, 0.3 + 0.2 * Math.sqrt(0.5), 0.3, 0.3 - 0.2 * Math.sqrt(0.5), 0.1};

        for (double each : expected) {
            assertThat(schedule.share()).isCloseTo(each, within(1e-12));
            advance(20);
        }
        assertThat(schedule.share()).isEqualTo(0.1);

        schedule.reheat();

        assertThat(schedule.share()).isEqualTo(0.5);
    }

    @Test
    void exchangesComeEveryTwentiethExampleAndReadTheFiveBefore() {
        List<Long> collected = new ArrayList<>();
        List<Long> exchanges = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            if (schedule.collects()) {
                collected.add(schedule.events());
            }
            if (schedule.advance()) {
                exchanges.add(schedule.events());
            }
            boolean waiting = schedule.events() % 20 >= 16;
            assertThat(schedule.hasCollected()).as("%d", schedule.events()).isEqualTo(waiting);
        }

        assertThat(exchanges).containsExactly(20L, 40L);
        assertThat(collected).containsExactly(15L, 16L, 17L, 18L, 19L, 35L, 36L, 37L, 38L, 39L);
    }

    @Test
    void aMaskThatNeverMovesHasNoExchanges() {
        MaskSchedule still = new MaskSchedule(SparsityConfig.of(SparsityMethod.STATIC, 0.5));
        for (int i = 0; i < 20_000; i++) {
            assertThat(still.collects()).isFalse();
            assertThat(still.advance()).isFalse();
        }
    }

    @Test
    void refusesImpossibleCounters() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;

        assertThatThrownBy(
                        () -> schedule.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("found 0 examples, heated at 1");
    }

    private void advance(int examples) {
        for (int i = 0; i < examples; i++) {
            schedule.advance();
        }
    }
}
