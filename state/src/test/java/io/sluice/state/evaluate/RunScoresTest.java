package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scores that are made from a whole run once it is over. */
class RunScoresTest {

    private static final long SEED = 42;

    @Test
    void aucOfEveryPrefixEqualsTheExactOne() {
        Random random = new Random(SEED);
        ScoreLog log = randomLog(random, 500);
        PrefixAuc prefix = new PrefixAuc(log);
        ExactAuc exact = new ExactAuc();

        for (int i = 0; i < log.size(); i++) {
            exact.add(log.prediction(i), log.label(i), log.weight(i));

            double expected = exact.value();
            double found = prefix.advance(i + 1);
            if (Double.isNaN(expected)) {
                assertThat(found).as("prefix %d, seed %d", i + 1, SEED).isNaN();
            } else {
                assertThat(found)
                        .as("prefix %d, seed %d", i + 1, SEED)
                        .isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void curveEndsWithTheFiguresOfTheWholeRun() {
        ScoreLog log = randomLog(new Random(SEED), 1234);

        List<CurvePoint> curve = CurvePoint.of(log, 100);

        assertThat(curve).hasSize(13);
        assertThat(curve.get(12).examples()).isEqualTo(1234);
        assertThat(curve.get(12).logloss()).isCloseTo(log.overall().logloss(), within(1e-12));
        assertThat(curve.get(12).auc()).isCloseTo(log.overall().auc(), within(1e-12));
        assertThat(curve.get(0).logloss()).isCloseTo(log.summary(0, 100).logloss(), within(1e-12));
    }

    @Test
    void windowsCoverTheRunWithoutGap() {
        ScoreLog log = randomLog(new Random(SEED), 1050);

        List<ScoreWindow> windows = log.windows(500);

        assertThat(windows).extracting(ScoreWindow::firstSequence).containsExactly(0L, 500L, 1000L);
        assertThat(windows.get(2).summary().examples()).isEqualTo(50);
        assertThat(windows.get(2).summary()).isEqualTo(log.summary(1000, 1050));
        assertThat(windows.get(1).fromTime()).isEqualTo(500);
        assertThat(windows.get(1).toTime()).isEqualTo(999);
    }

    @Test
    void lastFifthBeginsAtTheFloorOfFourFifths() {
        assertThat(ScoreLog.lastFifth(1_000_209)).isEqualTo(800_167);
        assertThat(ScoreLog.lastFifth(10_783)).isEqualTo(8_626);
        assertThat(ScoreLog.lastFifth(0)).isZero();
        assertThat(ScoreLog.lastFifth(Integer.MAX_VALUE)).isPositive();
    }

    @Test
    void reliabilityComparesPredictionsWithOutcomesFromLowToHigh() {
        ScoreLog log = new ScoreLog();
        log.add(0.9f, 1, 1, 0);
        log.add(0.1f, 0, 1, 0);
        log.add(0.7f, 0, 3, 0);
        log.add(0.3f, 1, 1, 0);

        List<Reliability> bins = Reliability.of(log, 2);

        assertThat(bins).hasSize(2);
        assertThat(bins.get(0).meanPrediction()).isCloseTo(0.2, within(1e-7));
        assertThat(bins.get(0).meanLabel()).isEqualTo(0.5);
        assertThat(bins.get(1).meanPrediction()).isCloseTo((0.9 + 3 * 0.7) / 4, within(1e-7));
        assertThat(bins.get(1).meanLabel()).isEqualTo(0.25);
        assertThat(Reliability.of(log, 20)).hasSize(4);
        assertThat(Reliability.of(new ScoreLog(), 20)).isEmpty();
    }

    @Test
    void runningRateStartsAtOneHalfAndFollowsTheLabels() {
        RunningRate rate = new RunningRate();

        assertThat(rate.predict()).isEqualTo(0.5);
        rate.learn(1, 1);
        assertThat(rate.predict()).isEqualTo(0.75);
        rate.learn(0, 2);
        assertThat(rate.predict()).isEqualTo(1.5 / 4);
    }

    @Test
    void slatesAreToldApartByTheirRequest() {
        SlateLog log = new SlateLog();
        for (int request = 0; request < 10; request++) {
            // The positive stands first in all but the last two slates.
            log.add("r" + request, "a", 0.9f, request < 8 ? 1 : 0);
            log.add("r" + request, "b", 0.1f, request < 8 ? 0 : 1);
        }

        assertThat(log.size()).isEqualTo(10);
        assertThat(log.overall().count()).isEqualTo(10);
        assertThat(log.overall().mrr()).isCloseTo(0.9, within(1e-12));
        assertThat(log.last20().count()).isEqualTo(2);
        assertThat(log.last20().mrr()).isEqualTo(0.5);
    }

    private static ScoreLog randomLog(Random random, int size) {
        ScoreLog log = new ScoreLog();
        for (int i = 0; i < size; i++) {
            // Few distinct predictions, so that there are ties.
            float prediction = random.nextInt(40) / 40f;
            float label = random.nextDouble() < prediction ? 1 : 0;
            log.add(prediction, label, label == 1 ? 1 : 1 + random.nextInt(2), i);
        }
        return log;
    }
}
