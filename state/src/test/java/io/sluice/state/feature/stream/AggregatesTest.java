package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Each aggregate against a twin that keeps all facts. Records begin at word 2 of an array. */
class AggregatesTest {

    private static final int AT = 2;
    private static final long HOUR = 3_600_000;
    private static final double[] HALF_LIVES = {1, 5 * HOUR, Double.POSITIVE_INFINITY};

    private final long seed = Long.getLong("sluice.seed", 1);
    private final Random random = new Random(seed);

    /** A fact with two numbers. */
    private record Point(long time, double a, double b) {}

    @Test
    void sumsAreThoseOfAllFactsByTheirAge() {
        for (int run = 0; run < 300; run++) {
            double halfLife = HALF_LIVES[run % HALF_LIVES.length];
            DecayedSums sums = new DecayedSums(2, halfLife);
            List<Point> facts = new ArrayList<>();
            long[] record = new long[AT + sums.words()];
            RandomTimes times = new RandomTimes(random, HOUR);

            for (int i = 0; i < 50; i++) {
                Point fact = new Point(times.next(), random.nextGaussian(), random.nextInt(2));
                facts.add(fact);
                sums.update(record, AT, fact.time, args(fact.a, fact.b), 1);
                long now = times.latest() + random.nextInt(3) * HOUR;

                double a = facts.stream().mapToDouble(f -> f.a * w(f, now, halfLife)).sum();
                double b = facts.stream().mapToDouble(f -> f.b * w(f, now, halfLife)).sum();
                assertClose(sums.sum(0, record, AT, sums.left(record, AT, now)), a);
                assertClose(sums.sum(1, record, AT, sums.left(record, AT, now)), b);
            }
        }
    }

    @Test
    void sumsDoNotDependOnTheOrderOfArrival() {
        for (int run = 0; run < 200; run++) {
            DecayedSums sums = new DecayedSums(1, 5 * HOUR);
            RunningMean means = new RunningMean(5 * HOUR);
            RandomTimes times = new RandomTimes(random, HOUR);
            List<Point> facts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                facts.add(new Point(times.next(), 3 + random.nextGaussian(), 0));
            }
            long now = times.latest() + HOUR;
            long[][] ordered = fold(sums, means, facts);
            Collections.shuffle(facts, random);
            long[][] shuffled = fold(sums, means, facts);

            assertClose(
                    sums.sum(0, shuffled[0], AT, sums.left(shuffled[0], AT, now)),
                    sums.sum(0, ordered[0], AT, sums.left(ordered[0], AT, now)));
            assertClose(means.mean(shuffled[1], AT), means.mean(ordered[1], AT));
            assertClose(
                    means.weight(shuffled[1], AT, means.left(shuffled[1], AT, now)),
                    means.weight(ordered[1], AT, means.left(ordered[1], AT, now)));
            assertClose(means.variance(shuffled[1], AT), means.variance(ordered[1], AT));
        }
    }

    private static long[][] fold(DecayedSums sums, RunningMean means, List<Point> facts) {
        long[][] records = {new long[AT + sums.words()], new long[AT + means.words()]};
        for (Point fact : facts) {
            sums.update(records[0], AT, fact.time, args(fact.a), 1);
            means.update(records[1], AT, fact.time, args(fact.a), 1);
        }
        return records;
    }

    @Test
    void meanAndVarianceAreThoseOfAllFactsByTheirAge() {
        for (int run = 0; run < 300; run++) {
            double halfLife = HALF_LIVES[1 + run % 2];
            double middle = run % 5 == 0 ? 1e6 : 0;
            RunningMean aggregate = new RunningMean(halfLife);
            List<Point> facts = new ArrayList<>();
            long[] record = new long[AT + aggregate.words()];
            RandomTimes times = new RandomTimes(random, HOUR);

            for (int i = 0; i < 50; i++) {
                Point fact = new Point(times.next(), middle + random.nextGaussian(), 0);
                facts.add(fact);
                aggregate.update(record, AT, fact.time, args(fact.a), 1);
                long now = times.latest();

                double n = facts.stream().mapToDouble(f -> w(f, now, halfLife)).sum();
                double mean = facts.stream().mapToDouble(f -> f.a * w(f, now, halfLife)).sum() / n;
                double variance =
                        facts.stream().mapToDouble(f -> sq(f.a - mean) * w(f, now, halfLife)).sum()
                                / n;
                assertClose(aggregate.weight(record, AT, aggregate.left(record, AT, now)), n);
                assertClose(aggregate.mean(record, AT), mean);
                // Squares of deviations lose the digits that the middle takes.
                assertThat(aggregate.variance(record, AT))
                        .as("seed " + seed)
                        .isCloseTo(variance, within(middle == 0 ? 1e-9 : 1e-6));
            }
        }
    }

    @Test
    void theLatestTimeIsTheLargest() {
        for (int run = 0; run < 200; run++) {
            LastTime last = new LastTime();
            long[] record = new long[AT + last.words()];
            RandomTimes times = new RandomTimes(random, HOUR);
            long latest = Long.MIN_VALUE;

            for (int i = 0; i < 30; i++) {
                long time = times.next();
                latest = Math.max(latest, time);
                last.update(record, AT, time, new long[0], 0);

                assertThat(last.any(record, AT)).isTrue();
                assertThat(last.time(record, AT)).as("seed " + seed).isEqualTo(latest);
            }
        }
    }

    @Test
    void lastKeysAreTheDifferentOnesInTheOrderOfArrivalBackwards() {
        for (int run = 0; run < 300; run++) {
            LastKeys keys = new LastKeys(1 + random.nextInt(6));
            long[] record = new long[AT + keys.words()];
            List<Long> came = new ArrayList<>();

            for (int i = 0; i < 40; i++) {
                long key = 1L + random.nextInt(9);
                came.add(0, key);
                keys.update(record, AT, i, new long[] {77, key}, 1);

                long[] expected = came.stream().mapToLong(each -> each).distinct().toArray();
                LongStream held =
                        LongStream.range(0, keys.size())
                                .map(place -> keys.key((int) place, record, AT));
                assertThat(held.filter(each -> each != 0).toArray())
                        .as("seed " + seed)
                        .isEqualTo(LongStream.of(expected).limit(keys.size()).toArray());
            }
        }
    }

    @Test
    void aFreshRecordIsEmpty() {
        long[] fresh = new long[50];

        for (long now : new long[] {0, 1, HOUR, Long.MAX_VALUE - 1}) {
            assertThat(new DecayedSums(1, HOUR).sum(0, fresh, AT, 1)).isZero();
            assertThat(new WindowedCount(HOUR).count(fresh, AT, now)).isZero();
            assertThat(new LastTime().any(fresh, AT)).isFalse();
            assertThat(new LastKeys(3).key(0, fresh, AT)).isZero();
            assertThat(new RunningMean(HOUR).weight(fresh, AT, 1)).isZero();
            assertThat(new RunningMean(HOUR).variance(fresh, AT)).isZero();
            assertThat(new Companions(3, HOUR).count(5, fresh, AT, 1)).isZero();
        }
    }

    private static double w(Point fact, long now, double halfLife) {
        return StrictMath.pow(2, -(now - fact.time) / halfLife);
    }

    private static double sq(double x) {
        return x * x;
    }

    /** Arguments behind a word of somebody else. */
    private static long[] args(double... numbers) {
        long[] words = new long[1 + numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            words[1 + i] = Double.doubleToRawLongBits(numbers[i]);
        }
        return words;
    }

    private void assertClose(double found, double expected) {
        // Fifty facts, each decayed up to fifty times with an error of 1e-13.
        assertThat(found)
                .as("seed " + seed)
                .isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
    }
}
