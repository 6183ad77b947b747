package io.sluice.operators.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.learner.Scored;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ScoreWindowOperatorTest {

    private static final int WINDOW = 4;

    @Test
    void aWindowHoldsTheFiguresOfItsExamples() throws Exception {
        try (Windows windows = new Windows(false, null)) {
            windows.feed(0, WINDOW);

            ScoreWindow window = windows.closed().get(0);
            assertThat(window.number()).isZero();
            assertThat(window.firstSequence()).isZero();
            assertThat(window.lastSequence()).isEqualTo(WINDOW - 1);
            assertThat(window.fromTime()).isEqualTo(100);
            assertThat(window.toTime()).isEqualTo(103);
            assertThat(window.summary().examples()).isEqualTo(WINDOW);
            // Every prediction is 0.5, whatever the label: -ln 0.5.
            assertThat(window.summary().logloss()).isEqualTo(Math.log(2), within(1e-7));
        }
    }

    @Test
    void theLastWindowIsGivenOutThoughItIsNotFull() throws Exception {
        try (Windows windows = new Windows(false, null)) {
            windows.feed(0, 2 * WINDOW + 1);
            assertThat(windows.closed()).hasSize(2);

            windows.harness.endInput();

            assertThat(windows.closed()).hasSize(3);
            assertThat(windows.closed().get(2).summary().examples()).isEqualTo(1);
        }
    }

    @Test
    void withAMemoryTheModelAloneIsJudgedBesideWhatWasServed() throws Exception {
        try (Windows windows = new Windows(false, true, null)) {
            windows.feed(0, WINDOW);

            List<ScoreRecord> records = windows.harness.extractOutputValues();
            ScoreRecord.Window served = (ScoreRecord.Window) records.get(0);
            ScoreRecord.Window alone = (ScoreRecord.Window) records.get(1);
            assertThat(records).hasSize(2);
            assertThat(served.arm()).isEqualTo(ScoreRecord.Arm.DEFAULT);
            assertThat(alone.arm()).isEqualTo(ScoreRecord.Arm.BASE);
            assertThat(served.window().summary().logloss()).isEqualTo(Math.log(2), within(1e-7));
            // Half of the labels are 1, half 0, each predicted 0.25.
            double expected = -(Math.log(0.25) + Math.log(0.75)) / 2;
            assertThat(alone.window().summary().logloss()).isEqualTo(expected, within(1e-7));
        }
    }

    @Test
    void eachExampleIsGivenOutWhenAskedFor() throws Exception {
        try (Windows windows = new Windows(true, null)) {
            windows.feed(0, 3);

            assertThat(windows.harness.extractOutputValues())
                    .hasSize(3)
                    .allMatch(record -> record instanceof ScoreRecord.One);
        }
    }

    @Test
    void restoringBetweenAnyTwoExamplesChangesNothing() throws Exception {
        int count = 3 * WINDOW - 1;
        List<ScoreWindow> whole;
        try (Windows windows = new Windows(false, null)) {
            windows.feed(0, count);
            windows.harness.endInput();
            whole = windows.closed();
        }
        for (int cut = 0; cut <= count; cut++) {
            List<ScoreWindow> parts;
            OperatorSubtaskState snapshot;
            try (Windows windows = new Windows(false, null)) {
                windows.feed(0, cut);
                snapshot = windows.harness.snapshot(1, 1);
                parts = new ArrayList<>(windows.closed());
            }
            try (Windows windows = new Windows(false, snapshot)) {
                windows.feed(cut, count);
                windows.harness.endInput();
                parts.addAll(windows.closed());
            }
            assertThat(parts).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    /** The operator alone. */
    private static final class Windows implements AutoCloseable {

        final OneInputStreamOperatorTestHarness<Scored, ScoreRecord> harness;

        Windows(boolean eachExample, OperatorSubtaskState restored) throws Exception {
            this(eachExample, false, restored);
        }

        Windows(boolean eachExample, boolean memory, OperatorSubtaskState restored)
                throws Exception {
            harness =
                    new OneInputStreamOperatorTestHarness<>(
                            new ScoreWindowOperator(WINDOW, eachExample, memory),
                            SluiceTypes.SCORED.createSerializer());
            harness.setup(ScoreRecordCodec.TYPE.createSerializer());
            if (restored != null) {
                harness.initializeState(restored);
            }
            harness.open();
        }

        void feed(int from, int to) throws Exception {
            for (int i = from; i < to; i++) {
                harness.processElement(new Scored(i, 100 + i, "r", "i", 0.5f, 0.25f, i % 2, 1), 0);
            }
        }

        List<ScoreWindow> closed() {
            List<ScoreWindow> windows = new ArrayList<>();
            for (ScoreRecord score : harness.extractOutputValues()) {
                if (score instanceof ScoreRecord.Window window) {
                    windows.add(window.window());
                }
            }
            return windows;
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception e) {
                throw new AssertionError("the harness did not close", e);
            }
        }
    }
}
