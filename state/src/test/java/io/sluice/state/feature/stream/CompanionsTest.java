package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompanionsTest {

    private static final long HOUR = 3_600_000;
    private static final int AT = 3;

    private record Meeting(long key, long time) {}

    @Test
    void aCountIsNeverTooLowAndTooHighByAtMostTheLeastOne() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            int size = 1 + random.nextInt(8);
            double halfLife = run % 2 == 0 ? Double.POSITIVE_INFINITY : 3 * HOUR;
            Companions companions = new Companions(size, halfLife);
            long[] record = new long[AT + companions.words()];
            RandomTimes times = new RandomTimes(random, HOUR);
            List<Meeting> meetings = new ArrayList<>();

            for (int i = 0; i < 80; i++) {
                long key = 1 + (long) (random.nextDouble() * random.nextDouble() * 15);
                meetings.add(new Meeting(key, times.next()));
                companions.update(record, AT, meetings.get(i).time, new long[] {key}, 0);
                long now = times.latest() + HOUR;

                double least = least(companions, record, now);
                for (long each = 1; each <= 15; each++) {
                    double truth = truth(meetings, each, now, halfLife);
                    double found =
                            companions.count(each, record, AT, companions.left(record, AT, now));
                    String why = "seed %d, run %d, key %d".formatted(seed, run, each);
                    double rounding = 1e-10 * (1 + truth); // of eighty sums and fadings
                    if (found == 0) {
                        assertThat(truth).as(why).isLessThanOrEqualTo(least + rounding);
                    } else {
                        assertThat(found).as(why).isGreaterThanOrEqualTo(truth - rounding);
                        assertThat(found - truth).as(why).isLessThanOrEqualTo(least + rounding);
                    }
                }
            }
        }
    }

    /** The least count kept; 0 while there is room. */
    private static double least(Companions companions, long[] record, long now) {
        double least = Double.POSITIVE_INFINITY;
        for (int place = 0; place < companions.size(); place++) {
            long key = record[AT + 1 + 2 * place];
            least =
                    Math.min(
                            least,
                            key == 0
                                    ? 0
                                    : companions.count(
                                            key, record, AT, companions.left(record, AT, now)));
        }
        return least;
    }

    private static double truth(List<Meeting> meetings, long key, long now, double halfLife) {
        return meetings.stream()
                .filter(each -> each.key == key)
                .mapToDouble(each -> StrictMath.pow(2, -(now - each.time) / halfLife))
                .sum();
    }

    @Test
    void countsAreExactWhileThereIsRoom() {
        Companions companions = new Companions(2, HOUR);
        long[] record = new long[AT + companions.words()];

        companions.update(record, AT, 0, new long[] {5}, 0);
        companions.update(record, AT, HOUR, new long[] {6}, 0);
        companions.update(record, AT, 0, new long[] {6}, 0);

        assertThat(companions.count(5, record, AT, companions.left(record, AT, HOUR)))
                .isEqualTo(0.5);
        assertThat(companions.count(6, record, AT, companions.left(record, AT, HOUR)))
                .isEqualTo(1.5);
        assertThat(companions.count(7, record, AT, companions.left(record, AT, HOUR))).isZero();
    }

    @Test
    void aNewKeyTakesThePlaceOfTheLeastAndInheritsItsCount() {
        Companions companions = new Companions(2, Double.POSITIVE_INFINITY);
        long[] record = new long[AT + companions.words()];
        for (long key : new long[] {5, 5, 5, 6, 7}) {
            companions.update(record, AT, 1, new long[] {key}, 0);
        }

        assertThat(companions.count(5, record, AT, 1)).isEqualTo(3);
        assertThat(companions.count(6, record, AT, 1)).isZero();
        assertThat(companions.count(7, record, AT, 1)).isEqualTo(2);
    }
}
