package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HotRowsTest {

    private final float[] row = new float[3];

    @Test
    void staysWithinItsBoundAndReturnsWhatWasPut() {
        HotRows<float[]> hot = HotRows.ofFloats(3, 6400);
        Random random = new Random(1);

        for (int i = 0; i < 100_000; i++) {
            int key = 1 + random.nextInt(20_000);
            if (hot.copy(key, row)) {
                assertThat(row).containsExactly(key, key + 1, key + 2);
            } else {
                hot.put(key, new float[] {key, key + 1, key + 2});
            }
            assertThat(i % 10_000 == 0 ? hot.size() : 0).isLessThanOrEqualTo(6400);
        }

        assertThat(hot.size()).isEqualTo(6400);
        assertThat(hot.hitRate()).isBetween(0.25, 0.4);
    }

    @Test
    void whatIsReadOftenOutlivesWhatIsReadOnce() {
        HotRows<float[]> hot = HotRows.ofFloats(3, 6400);
        for (long key = 1; key <= 1000; key++) {
            hot.put(key, row);
        }

        for (long once = 10_000; once < 60_000; once++) {
            hot.put(once, row);
            if (once % 1000 == 0) {
                for (long key = 1; key <= 1000; key++) {
                    hot.copy(key, row);
                }
            }
        }

        int kept = 0;
        for (long key = 1; key <= 1000; key++) {
            kept += hot.copy(key, row) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(1000);
    }

    @Test
    void refreshingNeverPushesAnotherRowOut() {
        HotRows<float[]> hot = HotRows.ofFloats(3, 64);
        for (long key = 1; key <= 10_000; key++) {
            hot.put(key, new float[] {1, 1, 1});
        }
        int size = hot.size();
        long held = 1;
        while (!hot.copy(held, row)) {
            held++;
        }

        hot.refresh(held, new float[] {2, 2, 2});
        hot.refresh(1_000_000, new float[] {3, 3, 3});

        assertThat(hot.hasAll()).isFalse();
        assertThat(hot.copy(held, row)).isTrue();
        assertThat(row).containsExactly(2, 2, 2);
        assertThat(hot.copy(1_000_000, row)).isFalse();
        assertThat(hot.size()).isEqualTo(size);
    }

    @Test
    void aCacheWithoutRoomHoldsNothing() {
        HotRows<float[]> none = HotRows.ofFloats(3, 0);

        none.put(1, row);
        none.refresh(2, row);

        assertThat(none.size()).isZero();
        assertThat(none.hasAll()).isFalse();
        assertThat(none.copy(1, row)).isFalse();
    }

    @Test
    void aRemovedRowIsGoneAndTheOthersStay() {
        HotRows<float[]> hot = HotRows.ofFloats(3, 6400);
        for (int key = 1; key <= 500; key++) {
            hot.put(key, new float[] {key, 0, 0});
        }

        for (long key = 1; key <= 500; key += 2) {
            hot.remove(key);
        }

        for (int key = 1; key <= 500; key++) {
            assertThat(hot.copy(key, row)).isEqualTo(key % 2 == 0);
            assertThat(key % 2 == 0 ? row[0] : key).isEqualTo(key);
        }
    }
}
