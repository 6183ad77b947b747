package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashingTest {

    /** These values name rows in stored models: if this test fails, the format is broken. */
    @Test
    void hashesArePartOfTheFormat() {
        assertThat(Hashing.text(0, "")).isEqualTo(-1166397803181037274L);
        assertThat(Hashing.text(0, "user")).isEqualTo(-7461553067142126006L);
        assertThat(Hashing.number(7, 42)).isEqualTo(-1440731619037754681L);
    }

    @Test
    void shortSimilarTextsDoNotCollide() {
        Set<Long> hashes = new HashSet<>();

        for (int field = 0; field < 10; field++) {
            for (int id = 0; id < 100_000; id++) {
                hashes.add(Hashing.text(field, Integer.toString(id)));
            }
        }

        assertThat(hashes).hasSize(1_000_000);
    }

    @Test
    void aPartOfATextHashesAsThatPartAlone() {
        assertThat(Hashing.text(5, "drama|comedy", 6, 12)).isEqualTo(Hashing.text(5, "comedy"));
    }

    @Test
    void lowBitsSpreadOverTheIndexOfATable() {
        int[] cells = new int[1024];
        for (int id = 0; id < 102_400; id++) {
            cells[(int) Hashing.text(3, Integer.toString(id)) & 1023]++;
        }

        double chiSquare = 0;
        for (int cell : cells) {
            chiSquare += (cell - 100.0) * (cell - 100.0) / 100.0;
        }

        // 1023 degrees of freedom: mean 1023, standard deviation 45; six of them either way.
        assertThat(chiSquare).isBetween(753.0, 1293.0);
    }

    @Test
    void unitIsUniformOnTheUnitInterval() {
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            double unit = Hashing.unit(Hashing.number(1, i));
            assertThat(unit).isGreaterThanOrEqualTo(0).isLessThan(1);
            sum += unit;
        }

        // Standard error of the mean: 0.2887 / sqrt(100000) = 0.0009; six of them.
        assertThat(sum / 100_000).isCloseTo(0.5, within(0.0055));
    }

    @Test
    void aWholeNumberHashesAsItsDecimalText() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            assertThat(Hashing.decimal(i, number))
                    .as("%d", number)
                    .isEqualTo(Hashing.text(i, Long.toString(number)));
        }
        long[] edges = {0, -1, 9, 10, 999_999_999_999_999L, 1_000_000_000_000_000L, Long.MIN_VALUE};
        for (long number : edges) {
            assertThat(Hashing.decimal(3, number))
                    .isEqualTo(Hashing.text(3, Long.toString(number)));
        }
    }
}
