package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Sorts the places of a pool by their scores; O(n) for scores that are spread as scores are, O(n
 * log n) for others.
 *
 * <p>Scores are cut into {@value #STEPS} equal steps between the lowest and the highest, and places
 * are counted into their order by step, one byte after the other; hardly any two share a step, and
 * insertion puts those right. No branch depends on what is sorted, which is what makes comparing
 * sorts slow. Where many share a step because a few scores lie far out, {@link Arrays#sort} does
 * it.
 *
 * <p>A key is the score's bits, so turned that they compare as integers, over the place. Equal
 * scores stand in the order of their places. Scratch; not thread-safe.
 */
final class ScoreSort {

    private static final int STEPS = 1 << 16;
    private static final int BYTE = 256;

    /** Up to this many, counting costs more than it saves. */
    private static final int FEW = 32;

    /** So many moves a key before insertion gives up. */
    private static final int PATIENCE = 8;

    private long[] keys = {};
    private int[] steps = {};
    private int[] turned = {};
    private final int[] low = new int[BYTE];
    private final int[] high = new int[BYTE];

    /** The keys of scores 0 .. n − 1, the lowest first; to be read until the next sorting. */
    long[] sort(float[] scores, int n) {
        if (keys.length < n) {
            int room = Math.max(n, 2 * keys.length);
            keys = new long[room];
            steps = new int[room];
            turned = new int[room];
        }
        if (n <= FEW || n > STEPS) {
            for (int i = 0; i < n; i++) {
                keys[i] = key(scores[i], i);
            }
            Arrays.sort(keys, 0, n);
        } else {
            count(scores, n);
            insert(n);
        }
        return keys;
    }

    /** Fills the keys, in the order of their steps. */
    private void count(float[] scores, int n) {
        float least = scores[0];
        float most = least;
        for (int i = 1; i < n; i++) {
            float score = scores[i];
            if (score < least) {
                least = score;
            }
            if (score > most) {
                most = score;
            }
        }
        // Below 2e-34 there would be more steps to the score than a float can say.
        float perScore = Math.min(Float.MAX_VALUE, (STEPS - 1) / (most - least));
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        for (int i = 0; i < n; i++) {
            int step = (int) ((scores[i] - least) * perScore);
            steps[i] = step << 16 | i;
            low[step & 0xff]++;
            high[step >>> 8]++;
        }
        addUp(low);
        addUp(high);
        for (int i = 0; i < n; i++) {
            int step = steps[i];
            turned[low[(step >>> 16) & 0xff]++] = step;
        }
        for (int i = 0; i < n; i++) {
            int step = turned[i];
            steps[high[step >>> 24]++] = step;
        }
        for (int i = 0; i < n; i++) {
            int place = steps[i] & (STEPS - 1);
            keys[i] = key(scores[place], place);
        }
    }

    /** From how many there are of each to where each begins. */
    private static void addUp(int[] counts) {
        int sum = 0;
        for (int b = 0; b < counts.length; b++) {
            int count = counts[b];
            counts[b] = sum;
            sum += count;
        }
    }

    private void insert(int n) {
        int left = PATIENCE * n;
        for (int k = 1; k < n; k++) {
            long key = keys[k];
            int at = k;
            while (at > 0 && keys[at - 1] > key) {
                keys[at] = keys[at - 1];
                at--;
            }
            keys[at] = key;
            left -= k - at;
            if (left < 0) {
                Arrays.sort(keys, 0, n);
                return;
            }
        }
    }

    private static long key(float score, int place) {
        // Plus zero: −0 and 0 are one score.
        int bits = Float.floatToRawIntBits(score + 0f);
        int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
        return ((long) ordered << 32) | place;
    }

    /** The place that a key is of. */
    static int place(long key) {
        return (int) key;
    }

    /** Whether two keys are of equal scores. */
    static boolean areEqual(long a, long b) {
        return (a >> 32) == (b >> 32);
    }
}
