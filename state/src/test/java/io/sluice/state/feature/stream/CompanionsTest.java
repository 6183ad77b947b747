package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompanionsTest {

    private static final long HOUR = 3_600_000;
    private static final int AT = 3;

    private record Meeting(long key, long time) {}

    /** What is kept, as a list in the order in which keys came. */
    private static final class Twin {

        private final int size;
        private final List<Long> kept = new ArrayList<>();
        private final List<Meeting> counted = new ArrayList<>();

        Twin(int size) {
            this.size = size;
        }

        void meet(Meeting meeting, long now, double halfLife) {
            if (!kept.contains(meeting.key)) {
                if (kept.size() == size) {
                    long least =
                            kept.stream()
                                    .min(Comparator.comparing(key -> count(key, now, halfLife)))
                                    .orElseThrow();
                    kept.remove(least);
                    counted.removeIf(each -> each.key == least);
                }
                kept.add(meeting.key);
            }
            counted.add(meeting);
        }

        double count(long key, long now, double halfLife) {
            return sum(counted, key, now, halfLife);
        }
    }

    /** Times are whole half-lives, so that sums are exact and equal counts are equal bits. */
    @Test
    void keepsWhatItsTwinKeepsAndNeverCountsTooMuch() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            int size = 1 + random.nextInt(8);
            double halfLife = run % 2 == 0 ? Double.POSITIVE_INFINITY : HOUR;
            Companions companions = new Companions(size, halfLife);
            Twin twin = new Twin(size);
            long[] record = new long[AT + companions.words()];
            long latest = 0;
            List<Meeting> meetings = new ArrayList<>();

            for (int i = 0; i < 80; i++) {
                long key = 1 + (long) (random.nextDouble() * random.nextDouble() * 15);
                latest += random.nextInt(4) == 0 ? HOUR : 0;
                long late = random.nextInt(5) == 0 ? random.nextInt(3) * HOUR : 0;
                Meeting meeting = new Meeting(key, latest - late);
                meetings.add(meeting);
                twin.meet(meeting, latest, halfLife);
                companions.update(record, AT, meeting.time, new long[] {key}, 0);
                long now = latest + HOUR;

                for (long each = 1; each <= 15; each++) {
                    double truth = sum(meetings, each, now, halfLife);
                    double found =
                            companions.count(each, record, AT, companions.left(record, AT, now));
                    String why = "seed %d, run %d, key %d".formatted(seed, run, each);
                    assertThat(found)
                            .as(why)
                            .isEqualTo(twin.count(each, now, halfLife))
                            .isLessThanOrEqualTo(truth);
                }
            }
        }
    }

    private static double sum(List<Meeting> meetings, long key, long now, double halfLife) {
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
    void aNewKeyTakesThePlaceOfTheLeastAndOldestAndBeginsAtNothing() {
        Companions companions = new Companions(3, Double.POSITIVE_INFINITY);
        long[] record = new long[AT + companions.words()];
        for (long key : new long[] {5, 6, 5, 7, 8}) {
            companions.update(record, AT, 1, new long[] {key}, 0);
        }

        assertThat(companions.count(5, record, AT, 1)).isEqualTo(2);
        assertThat(companions.count(6, record, AT, 1)).as("came before 7").isZero();
        assertThat(companions.count(7, record, AT, 1)).isEqualTo(1);
        assertThat(companions.count(8, record, AT, 1)).isEqualTo(1);
    }
}
