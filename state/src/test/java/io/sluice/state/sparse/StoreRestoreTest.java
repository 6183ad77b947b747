package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreRestoreTest {

    private static final long BUDGET = 280_000;
    private static final int EVENTS = 12_000;

    @ParameterizedTest
    @EnumSource
    void restoringBetweenAnyTwoExamplesAtAnyNumberOfGroupsChangesNothing(ValueFormat format) {
        StoreConfig config = StoreRun.config(format, 3000);
        StoreRun whole = new StoreRun(BUDGET, config);
        run(whole, 0, EVENTS);
        byte[] expected = StoreBytes.of(whole.table);
        Random cuts = new Random(3);

        for (int groups : new int[] {1, 2, 3, 7, 128}) {
            int cut = cuts.nextInt(EVENTS);
            StoreRun first = new StoreRun(BUDGET, config);
            run(first, 0, cut);
            StoreRun second = new StoreRun(BUDGET, config);
            StoreBytes.read(StoreBytes.pieces(first.table, groups), second.table, groups);

            assertThat(second.table.bytes()).as("cut at %d", cut).isEqualTo(first.table.bytes());
            assertThat(second.table.bytes()).isEqualTo(second.table.recount());
            run(second, cut, EVENTS);
            assertThat(second.table.bytes()).isEqualTo(whole.table.bytes());
            assertThat(StoreBytes.of(second.table)).as("cut at %d", cut).isEqualTo(expected);
        }
    }

    private static void run(StoreRun run, int from, int to) {
        for (int n = from; n < to; n++) {
            // A random generator of its own for each example, so that a cut does not shift it.
            Random random = new Random(n);
            random.nextInt();
            long user = 1 + (long) Math.exp(random.nextDouble() * 9);
            run.learn(random, user, 77_000_000 + (long) Math.exp(random.nextDouble() * 6));
        }
    }
}
