package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTraceTest {

    private static final int ROWS = 20_000;
    private static final int CHANGE = 10_000;
    private static final float BEFORE = 0.2f;
    private static final float AFTER = 0.8f;

    @Test
    void anOracleIsNeverBehind() {
        DriftTrace trace = new DriftTrace(suddenly());
        for (int row = 0; row < ROWS; row++) {
            trace.add(row, row < CHANGE ? BEFORE : AFTER);
        }

        DriftSummary found = trace.summary();

        assertThat(found.excess()).isZero();
        DriftSummary.Change change = found.changes().get(0);
        assertThat(change.row()).isEqualTo(CHANGE);
        assertThat(change.phase()).isEqualTo(1);
        assertThat(change.recovery()).isZero();
        // 0.8 ln(0.8/0.2) + 0.2 ln(0.2/0.8)
        assertThat(change.jump()).isCloseTo(0.6 * Math.log(4), within(1e-6));
    }

    @Test
    void whoNeverNoticesNeverRecovers() {
        DriftTrace trace = new DriftTrace(suddenly());
        for (int row = 0; row < ROWS; row++) {
            trace.add(row, BEFORE);
        }

        DriftSummary.Change change = trace.summary().changes().get(0);

        assertThat(change.recovery()).isNaN();
        assertThat(change.excess()).isCloseTo(change.jump(), within(1e-9));
        assertThat(change.before()).isZero();
    }

    @Test
    void recoveryIsCountedUntilTheWindowIsBelowTheAim() {
        DriftTrace trace = new DriftTrace(suddenly());
        for (int row = 0; row < ROWS; row++) {
            trace.add(row, row < CHANGE + 3000 ? BEFORE : AFTER);
        }

        // A tenth of the window may still be from before the 3000th.
        assertThat(trace.summary().changes().get(0).recovery())
                .isEqualTo(3000 + 0.9 * DriftTrace.WINDOW);
    }

    @Test
    void whatComesBeforeTheWorstMomentIsNoRecovery() {
        DriftTrace trace = new DriftTrace(suddenly());
        for (int row = 0; row < ROWS; row++) {
            boolean behind = row >= CHANGE + 2000 && row < CHANGE + 4000;
            trace.add(row, row < CHANGE || behind ? BEFORE : AFTER);
        }

        assertThat(trace.summary().changes().get(0).recovery())
                .isEqualTo(4000 + 0.9 * DriftTrace.WINDOW);
    }

    @Test
    void onlyAffectedAndJudgedRowsCount() {
        Truth.Builder rows = new Truth.Builder();
        for (int row = 0; row < ROWS; row++) {
            boolean affected = row >= CHANGE && row % 2 == 0;
            rows.add(affected ? AFTER : BEFORE, BEFORE, row < CHANGE ? 0 : 1);
        }
        DriftTrace trace = new DriftTrace(rows.build());
        for (int row = 0; row < ROWS - 2000; row++) {
            boolean caughtUp = row >= CHANGE + 2000 && row % 2 == 0;
            trace.add(row, caughtUp ? AFTER : BEFORE);
        }

        DriftSummary found = trace.summary();

        double jump = 0.6 * Math.log(4);
        assertThat(found.changes().get(0).recovery()).isEqualTo(1000 + 0.9 * DriftTrace.WINDOW);
        assertThat(found.changes().get(0).excess()).isCloseTo(jump / 4, within(1e-6));
        assertThat(found.excess()).isCloseTo(jump * 1000 / (ROWS - 2000), within(1e-6));
    }

    @Test
    void meansOverRunsLackARecoveryThatOneOfThemLacks() {
        DriftSummary.Change one = new DriftSummary.Change(1, 10, 0.1, 0.3, 0.2, 100);
        DriftSummary.Change two = new DriftSummary.Change(1, 10, 0.3, 0.3, 0.4, 300);
        DriftSummary.Change never = new DriftSummary.Change(1, 10, 0.3, 0.3, 0.4, Double.NaN);

        DriftSummary mean =
                DriftSummary.mean(
                        List.of(
                                new DriftSummary(0.1, List.of(one, one)),
                                new DriftSummary(0.3, List.of(two, never))));

        assertThat(mean.excess()).isCloseTo(0.2, within(1e-12));
        assertThat(mean.changes().get(0).recovery()).isCloseTo(200, within(1e-12));
        assertThat(mean.changes().get(0).before()).isCloseTo(0.2, within(1e-12));
        assertThat(mean.changes().get(1).recovery()).isNaN();
    }

    @Test
    void refusesARowThatThereIsNot() {
        DriftTrace trace = new DriftTrace(suddenly());

        assertThatThrownBy(() -> trace.add(ROWS, 0.5f))
                .hasMessage("row must be within [0, 20000), found 20000");
    }

    private static Truth suddenly() {
        Truth.Builder rows = new Truth.Builder();
        for (int row = 0; row < ROWS; row++) {
            rows.add(row < CHANGE ? BEFORE : AFTER, BEFORE, row < CHANGE ? 0 : 1);
        }
        return rows.build();
    }
}
