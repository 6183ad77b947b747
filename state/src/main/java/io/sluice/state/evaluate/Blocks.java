package io.sluice.state.evaluate;

import io.sluice.state.check.Checks;
import java.util.Arrays;

/**
 * A stretch of a run cut into contiguous blocks of equal length, the unit that is resampled: what
 * stands close together in a stream is dependent (one user's session, one hour's fashion), so that
 * single examples can't be drawn as if each were news.
 *
 * <p>There are {@value #USUAL} blocks, or fewer where they would be shorter than {@value #EXAMPLES}
 * examples or {@value #REQUESTS} requests. A block of n/200 is far above the length of order
 * n^(1/3) that is best for estimating a variance (Hall, Horowitz and Jing, Biometrika 82, 1995):
 * 500 against 46 in a hundred thousand examples. Too long costs a little precision of the interval,
 * too short makes it too narrow (DESIGN.md has both measured).
 */
final class Blocks {

    /** How many blocks there are. */
    static final int USUAL = 200;

    private static final int EXAMPLES = 50;
    private static final int REQUESTS = 10;

    private final int[] bounds;

    private Blocks(int[] bounds) {
        this.bounds = bounds;
    }

    /** Cuts the examples {@code from} (included) to {@code to} (excluded). */
    static Blocks ofExamples(int from, int to) {
        return of(from, to, Math.max(1, Math.min(USUAL, (to - from) / EXAMPLES)));
    }

    /** Cuts the requests {@code from} (included) to {@code to} (excluded). */
    static Blocks ofRequests(int from, int to) {
        return of(from, to, Math.max(1, Math.min(USUAL, (to - from) / REQUESTS)));
    }

    /** Cuts into as many blocks as one wants; some are empty when there are fewer units. */
    static Blocks of(int from, int to, int count) {
        Checks.positive("count", count);
        int[] bounds = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            bounds[i] = from + (int) ((long) (to - from) * i / count);
        }
        return new Blocks(bounds);
    }

    /**
     * The same stretch and number of blocks, no group torn apart: each inner bound moves on to the
     * next start of a group.
     *
     * @param starts where groups start, ascending
     */
    Blocks alignedTo(int[] starts) {
        int[] aligned = bounds.clone();
        int end = bounds[count()];
        for (int i = 1; i < count(); i++) {
            int at = Arrays.binarySearch(starts, bounds[i]);
            int next = at >= 0 ? at : -at - 1;
            aligned[i] = next < starts.length ? Math.min(starts[next], end) : end;
        }
        return new Blocks(aligned);
    }

    /** How many blocks. */
    int count() {
        return bounds.length - 1;
    }

    /** The first unit of a block. */
    int from(int block) {
        return bounds[block];
    }

    /** The unit behind the last one of a block. */
    int to(int block) {
        return bounds[block + 1];
    }
}
