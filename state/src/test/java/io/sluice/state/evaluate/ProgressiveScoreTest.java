package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ProgressiveScoreTest {

    @RepeatedTest(5)
    void aucIsTheShareOfPairsInTheRightOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int n = 300;
        float[] predictions = new float[n];
        float[] labels = new float[n];
        float[] weights = new float[n];
        ExactAuc auc = new ExactAuc();
        for (int i = 0; i < n; i++) {
            predictions[i] = random.nextInt(20) / 20f;
            labels[i] = random.nextInt(2);
            weights[i] = 1 + random.nextInt(3);
            auc.add(predictions[i], labels[i], weights[i]);
        }

        double won = 0;
        double pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    double pair = weights[i] * weights[j];
                    pairs += pair;
                    won += predictions[i] > predictions[j] ? pair : 0;
                    won += predictions[i] == predictions[j] ? pair / 2 : 0;
                }
            }
        }

        assertThat(auc.value()).isCloseTo(won / pairs, within(1e-9));
    }

    @Test
    void figuresAreTheHandComputedOnes() {
        ProgressiveScore score = new ProgressiveScore();
        score.add(0.8f, 1, 1);
        score.add(0.4f, 0, 1);
        score.add(0.6f, 1, 1);
        score.add(0.6f, 0, 1);

        Summary summary = score.summary();

        double loss = -(Math.log(0.8) + Math.log(0.6) + Math.log(0.6) + Math.log(0.4)) / 4;
        assertThat(summary.examples()).isEqualTo(4);
        assertThat(summary.logloss()).isCloseTo(loss, within(1e-7));
        assertThat(summary.normalizedEntropy()).isCloseTo(loss / Math.log(2), within(1e-7));
        assertThat(summary.calibration()).isCloseTo(1.2, within(1e-7));
        assertThat(summary.auc()).isEqualTo(0.875);
    }

    @Test
    void oneKindOfLabelHasNoAucAndNoNormalizedEntropy() {
        ProgressiveScore score = new ProgressiveScore();
        score.add(0.3f, 0, 1);

        assertThat(score.summary().auc()).isNaN();
        assertThat(score.summary().normalizedEntropy()).isNaN();
        assertThat(score.summary().calibration()).isNaN();
        assertThat(new ProgressiveScore().summary().logloss()).isNaN();
    }

    @Test
    void aSlateIsJudgedAsByHand() {
        SlateScore score = new SlateScore();
        String[] items = {"c", "b", "a", "d"};
        // Order: d (0.9), then a and c tied at 0.5 by id, then b. Positives: a and b.
        float[] predictions = {0.5f, 0.1f, 0.5f, 0.9f};
        float[] labels = {0, 1, 1, 0};

        score.add(items, predictions, labels);
        score.add(new String[] {"x"}, new float[] {1}, new float[] {0});

        SlateSummary summary = score.summary();
        double gain = 1 / log2(3) + 1 / log2(5);
        double ideal = 1 + 1 / log2(3);
        assertThat(summary.count()).isEqualTo(1);
        assertThat(summary.ndcgAt10()).isCloseTo(gain / ideal, within(1e-12));
        assertThat(summary.mrr()).isEqualTo(0.5);
        assertThat(summary.map()).isCloseTo((0.5 + 0.5) / 2, within(1e-12));
        assertThat(summary.hrAt10()).isEqualTo(1);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
