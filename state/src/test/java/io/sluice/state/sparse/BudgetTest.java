package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

    private static final int EVENTS = 30_000;

    /** Orders of ids that somebody who wants to break the bound would send. */
    private enum Order {
        ALL_NEW,
        ONE_HOT,
        ALTERNATING_BURSTS,
        A_STORM_OF_EXPIRIES,
        RETURNING;

        long user(long n) {
            long id =
                    switch (this) {
                        case ALL_NEW -> n;
                        case ONE_HOT -> 1;
                        case ALTERNATING_BURSTS -> n / 2000 % 2 == 0 ? n : n % 50;
                        case A_STORM_OF_EXPIRIES -> n < 10_000 ? n % 1000 : n < 25_000 ? 7 : n;
                        case RETURNING -> n % 4000;
                    };
            return 1 + id * 0x9e3779b97f4a7c15L;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLedgerEqualsARecountAndStaysWithinTheBudgetAtEveryExample(Order order) {
        for (ValueFormat format : ValueFormat.values()) {
            long budget = format == ValueFormat.INT8 ? 300_000 : 1 << 16;
            StoreRun run = new StoreRun(budget, StoreRun.config(format, 4000));
            Random random = new Random(17);

            for (long n = 0; n < EVENTS; n++) {
                run.learn(random, order.user(n), 2 + random.nextInt(300));

                long bytes = run.table.bytes();
                if (bytes > budget || bytes != run.table.recount()) {
                    assertThat(bytes)
                            .as("%s %s example %d", order, format, n)
                            .isEqualTo(run.table.recount())
                            .isLessThanOrEqualTo(budget);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void theSameExamplesGiveTheSameBytes(int seed) {
        StoreRun first = new StoreRun(1 << 17, StoreRun.config(ValueFormat.INT8, 0));
        StoreRun second = new StoreRun(1 << 17, StoreRun.config(ValueFormat.INT8, 0));
        Random a = new Random(seed);
        Random b = new Random(seed);

        for (int n = 0; n < 20_000; n++) {
            first.learn(a, 1 + a.nextInt(5000), 9_000_000 + a.nextInt(100));
            second.learn(b, 1 + b.nextInt(5000), 9_000_000 + b.nextInt(100));
        }

        assertThat(StoreBytes.of(second.table)).isEqualTo(StoreBytes.of(first.table));
    }
}
