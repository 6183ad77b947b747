package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CellTagsTest {

    private static final int CELLS = 4 * CellTags.WAYS;

    /** Lanes that borrow from, and lend to, their neighbours. */
    private static final short[] EDGES = {0, 1, 2, -1, -2, Short.MAX_VALUE, Short.MIN_VALUE};

    @Test
    void findsWhatASearchThroughAllCellsFinds() {
        for (int seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            CellTags tags = new CellTags(CELLS);
            short[] twin = new short[CELLS];
            short[] moments = new short[CELLS];
            for (int step = 0; step < 2_000; step++) {
                int cell = random.nextInt(CELLS);
                moments[cell] = any(random);
                if (random.nextBoolean()) {
                    twin[cell] = any(random);
                    tags.put(cell, twin[cell], moments[cell]);
                } else {
                    tags.sign(cell, moments[cell]);
                }

                int bucket = random.nextInt(CELLS / CellTags.WAYS);
                short tag = any(random);
                assertThat(tags.find(bucket, tag)).isEqualTo(find(twin, bucket, tag));
                int other = random.nextInt(CELLS);
                assertThat(tags.tag(other)).isEqualTo(twin[other]);
                assertThat(tags.moment(other)).isEqualTo(moments[other]);
                assertThat(tags.isTaken(other)).isEqualTo(twin[other] != CellTags.EMPTY);
            }
        }
    }

    private static short any(Random random) {
        return random.nextInt(4) == 0
                ? (short) random.nextInt()
                : EDGES[random.nextInt(EDGES.length)];
    }

    private static int find(short[] twin, int bucket, short tag) {
        for (int way = 0; way < CellTags.WAYS; way++) {
            if (twin[bucket * CellTags.WAYS + way] == tag) {
                return bucket * CellTags.WAYS + way;
            }
        }
        return CellTags.NONE;
    }
}
