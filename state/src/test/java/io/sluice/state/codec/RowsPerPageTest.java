package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.kernel.Hashing;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many bytes a publication has when a page holds one row, and when it holds a block of rows of
 * which any may have changed. The figures stand in DESIGN.md, D10.
 *
 * <p>Users and items are drawn by Zipf's law (exponent 1), as ids of live traffic are about. Blocks
 * hold rows that were created one after the other, which gathers the hot ones and is the best case
 * for blocks, or rows whose keys are neighbours, which any server can find.
 */
class RowsPerPageTest {

    private static final int USERS = 200_000;
    private static final int ITEMS = 50_000;
    private static final int DIMENSIONS = 16;
    private static final int BEFORE = 1_000_000;
    private static final int PUBLICATIONS = 50;

    /**
     * Length, attributes, deltas of time and offset, lengths of key and value, headers: varints.
     */
    private static final int KAFKA_RECORD = 9;

    private final Random random = new Random(1);
    private final double[] users = zipf(USERS);
    private final double[] items = zipf(ITEMS);
    private final Map<Long, Integer> created = new HashMap<>();

    @ParameterizedTest(name = "{0} examples in a publication")
    @CsvSource({"20", "200", "1000", "10000"})
    void onePageForEachRowIsTheSmallestPublication(int examples) {
        for (int i = 0; i < BEFORE; i++) {
            example();
        }
        long one = 0;
        long[] byCreation = new long[3];
        long[] byKey = new long[3];
        int[] sizes = {4, 16, 64};
        for (int publication = 0; publication < PUBLICATIONS; publication++) {
            Set<Long> changed = new HashSet<>();
            for (int i = 0; i < examples; i++) {
                changed.addAll(Arrays.asList(example()));
            }
            one += (long) changed.size() * page(rowPayload());
            for (int s = 0; s < sizes.length; s++) {
                int size = sizes[s];
                int blocks = created.size() / size;
                int block = page(size * (Long.BYTES + rowPayload()));
                byCreation[s] +=
                        block
                                * changed.stream()
                                        .map(key -> created.get(key) / size)
                                        .distinct()
                                        .count();
                byKey[s] +=
                        block
                                * changed.stream()
                                        .map(key -> Long.remainderUnsigned(key, blocks))
                                        .distinct()
                                        .count();
            }
        }
        String figures =
                "bytes of a publication, one row a page %d; 4, 16, 64 rows by creation %s, by key %s"
                        .formatted(one / PUBLICATIONS, average(byCreation), average(byKey));

        for (int s = 0; s < sizes.length; s++) {
            assertThat(one).as(figures).isLessThan(byKey[s]).isLessThan(byCreation[s]);
        }
    }

    private Long[] example() {
        return new Long[] {row("user", draw(users)), row("item", draw(items))};
    }

    private long row(String feature, int id) {
        long key = Hashing.text(Hashing.text(0, feature), Integer.toString(id));
        created.putIfAbsent(key, created.size());
        return key;
    }

    private int draw(double[] upTo) {
        int at = Arrays.binarySearch(upTo, random.nextDouble());
        return at < 0 ? -at - 1 : at;
    }

    private static double[] zipf(int count) {
        double[] upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }

    private static int rowPayload() {
        return PagePayloads.row(new float[DIMENSIONS + 1], 0, DIMENSIONS).length;
    }

    /** Key and value as they are written, and what Kafka puts around a record. */
    private static int page(int payload) {
        Page page = new Page(PageKind.ROW, 1, new PageVersion(1, 1), new byte[payload]);
        return PageCodec.key(page.kind(), page.id()).length
                + PageCodec.value(page).length
                + KAFKA_RECORD;
    }

    private static String average(long[] sums) {
        return Arrays.toString(Arrays.stream(sums).map(sum -> sum / PUBLICATIONS).toArray());
    }
}
