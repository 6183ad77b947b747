package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreSortTest {

    private final ScoreSort sort = new ScoreSort();

    @Test
    void placesStandByScoreAndEqualOnesByPlace() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            assertSorted(random, 1 + random.nextInt(3000), x -> x);
            assertSorted(random, 1 + random.nextInt(300), x -> Math.round(2 * x) / 2.0);
            assertSorted(random, 1 + random.nextInt(300), x -> x < 0 ? -0.0 : 0.0);
        }
    }

    @Test
    void aFewFarOutChangeNothing() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            assertSorted(random, 500, x -> x > 2.5 ? 1e9 : x);
            assertSorted(random, 500, x -> x < -2.5 ? -1e38 : 1e-6 * x);
            assertSorted(random, 500, x -> Math.exp(20 * x));
            assertSorted(random, 500, x -> x > 2 ? 3e38 : x < -2 ? -3e38 : x);
        }
    }

    @Test
    void whatHardlyDiffersIsPutInOrderAllTheSame() {
        for (float most : new float[] {Float.MIN_VALUE, 1e-40f, 1e-36f, 1.9e-34f, 1e-33f}) {
            assertSorted(new Random(3), 500, x -> x > 0 ? Math.min(1, x) * most : 0);
        }
    }

    @Test
    void thereMayBeMoreThanSteps() {
        assertSorted(new Random(1), 70_000, x -> x);
    }

    private void assertSorted(Random random, int n, DoubleUnaryOperator spread) {
        float[] scores = new float[n];
        for (int i = 0; i < n; i++) {
            scores[i] = (float) spread.applyAsDouble(random.nextGaussian());
        }
        List<Integer> expected =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble((Integer i) -> scores[i] + 0f)
                                        .thenComparing(i -> i))
                        .toList();

        long[] keys = sort.sort(scores, n);

        assertThat(IntStream.range(0, n).map(k -> ScoreSort.place(keys[k])).boxed().toList())
                .isEqualTo(expected);
    }
}
