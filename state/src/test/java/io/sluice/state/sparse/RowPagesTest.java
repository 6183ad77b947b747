package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages against a map of what should stand in them. */
class RowPagesTest {

    private static final int K = 16;

    @ParameterizedTest
    @EnumSource
    void rowsAreFoundAndFreedWordsAreZeroWhateverComesGoesShrinksAndGrows(ValueFormat values) {
        StoreLayout layout = layout(values);
        RowFormat format = layout.format;
        Ledger ledger = new Ledger(Long.MAX_VALUE);
        RowPages pages = new RowPages(layout, ledger);
        Map<Long, Integer> classes = new HashMap<>();
        Random random = new Random(4);
        for (int n = 0; n < 40_000; n++) {
            long key = 1L + random.nextInt(3000);
            long hash = RowPages.hash(key);
            int number = pages.numberOf(hash);
            long place = pages.find(key, hash);
            assertThat(place == RowPages.ABSENT).isEqualTo(!classes.containsKey(key));
            int sizeClass = random.nextInt(format.fullClass() + 1);
            if (place == RowPages.ABSENT) {
                if (pages.hasRoomForRow(number, format.words(sizeClass))) {
                    int at = pages.append(number, key, sizeClass);
                    write(format, pages.pageOf(number), at, key, sizeClass);
                    classes.put(key, sizeClass);
                }
                continue;
            }
            int at = RowPages.at(place);
            int[] page = pages.page(place);
            assertThat(format.linear(page, at)).isEqualTo((float) key);
            int now = classes.get(key);
            if (sizeClass < now) {
                pages.narrow(number, at, sizeClass);
                pages.shrinkIndex(number);
                classes.put(key, sizeClass);
            } else if (sizeClass == now) {
                pages.remove(number, at);
                pages.shrinkIndex(number);
                classes.remove(key);
            } else if (pages.hasRoom(number, format.words(sizeClass) - format.words(now))) {
                pages.widen(number, at, sizeClass);
                classes.put(key, sizeClass);
            }
        }

        assertThat(classes.size()).isEqualTo(pages.size()).isGreaterThan(500);
        classes.forEach((key, sizeClass) -> check(format, pages, key, sizeClass));
        assertThat(ledger.used()).isEqualTo(pages.recount());
        for (int number = 0; number < pages.count(); number++) {
            int[] page = pages.pageOf(number);
            int end = page.length - PageIndex.words(pages.entries(number));
            for (int i = page[RowPages.USED]; i < end; i++) {
                assertThat(page[i]).isZero();
            }
        }
    }

    private static void check(RowFormat format, RowPages pages, long key, int sizeClass) {
        long place = pages.find(key, RowPages.hash(key));
        int[] page = pages.page(place);
        int at = RowPages.at(place);
        assertThat(RowFormat.key(page, at)).isEqualTo(key);
        assertThat(format.widthAt(page, at)).isEqualTo(format.width(sizeClass));
        assertThat(format.linear(page, at)).isEqualTo((float) key);
    }

    private static void write(RowFormat format, int[] page, int at, long key, int sizeClass) {
        float[] row = new float[format.unpackedLength()];
        row[0] = key;
        for (int d = 1; d <= format.width(sizeClass); d++) {
            row[d] = key + d;
        }
        format.pack(page, at, row, 0, key);
    }

    @Test
    void aPageGrowsWithItsRowsUpToItsShare() {
        StoreLayout layout = layout(ValueFormat.INT8);
        Ledger ledger = new Ledger(Long.MAX_VALUE);
        RowPages pages = new RowPages(layout, ledger);
        long empty = ledger.used();
        int words = layout.format.words(layout.format.fullClass());
        int rows = 0;
        for (long key = 1; pages.hasRoomForRow(0, words); key++) {
            if (pages.numberOf(RowPages.hash(key)) == 0) {
                pages.append(0, key, layout.format.fullClass());
                rows++;
                assertThat(pages.pageOf(0).length)
                        .isLessThanOrEqualTo(layout.pageWords - RowPages.BESIDE);
                assertThat(ledger.used() - empty)
                        .isLessThanOrEqualTo(Math.max(272, 100L * rows))
                        .isEqualTo(Ledger.ints(pages.pageOf(0).length));
            }
        }
        // 2,048 bytes of 36 for a row and some 2.5 for its entries in the index.
        assertThat(rows).isBetween(49, 53);
        assertThat(ledger.used() - empty).isEqualTo(2048 - Integer.BYTES * RowPages.BESIDE);

        pages.clear(0);

        assertThat(ledger.used()).isEqualTo(empty);
        assertThat(pages.size()).isZero();
    }

    private static StoreLayout layout(ValueFormat values) {
        return new StoreLayout(
                new MemoryBudget(1 << 16),
                StoreRun.config(values, 0),
                K,
                0,
                1,
                (key, row, at, width) -> {});
    }
}
