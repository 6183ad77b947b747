package io.sluice.state.rank;

import java.util.Arrays;

/**
 * What a scorer says of the candidates of one request, in the order in which they are listed.
 *
 * <p>Scratch: grows to the largest request seen and is then reused without allocation. Not
 * thread-safe.
 */
public final class Candidates {

    /** The group of an item that has none. */
    public static final long NO_GROUP = 0;

    /** Log-odds beyond this are as good as certain; keeps probabilities of 0 and 1 finite. */
    private static final double MOST_LOGIT = 40;

    private int size;
    private int dimensions;
    private String[] ids = {};
    private float[] logits = {};
    private double[] scores = {};
    private long[] groups = {};
    private float[] evidence = {};
    private boolean[] seen = {};
    private float[] vectors = {};

    /**
     * Empties it for a request: nothing scored, no vectors, no groups, nothing seen.
     *
     * @param size how many candidates
     * @param dimensions length of their vectors; 0 for none
     */
    public void reset(int size, int dimensions) {
        this.size = size;
        this.dimensions = dimensions;
        if (ids.length < size) {
            int room = Math.max(size, 2 * ids.length);
            ids = new String[room];
            logits = new float[room];
            scores = new double[room];
            groups = new long[room];
            evidence = new float[room];
            seen = new boolean[room];
        }
        if (vectors.length < size * dimensions) {
            vectors = new float[Math.max(size * dimensions, 2 * vectors.length)];
        }
        Arrays.fill(ids, 0, size, "");
        Arrays.fill(logits, 0, size, Float.NaN);
        Arrays.fill(scores, 0, size, Double.NaN);
        Arrays.fill(groups, 0, size, NO_GROUP);
        Arrays.fill(evidence, 0, size, Float.POSITIVE_INFINITY);
        Arrays.fill(seen, 0, size, false);
        Arrays.fill(vectors, 0, size * dimensions, 0);
    }

    /** Names a candidate. */
    public void name(int i, String id) {
        ids[i] = id;
    }

    /** Gives a candidate its log-odds. */
    public void score(int i, double logit, double probability) {
        logits[i] = (float) Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, logit));
        scores[i] = probability;
    }

    /** Gives a candidate its probability alone; NaN leaves it without a score. */
    public void score(int i, double probability) {
        if (!Double.isNaN(probability)) {
            score(i, Math.log(probability) - Math.log1p(-probability), probability);
        }
    }

    /** Puts a candidate into a group, named by a hash. */
    public void group(int i, long hash) {
        groups[i] = hash;
    }

    /**
     * Says how much is known of an item.
     *
     * @param count about how many examples it was in; infinite when nothing is left to explore
     */
    public void evidence(int i, float count) {
        evidence[i] = count;
    }

    /** Says that the user has had it already. */
    public void markSeen(int i) {
        seen[i] = true;
    }

    /** The array of all vectors, to be written from {@link #vectorAt} on. */
    public float[] vectors() {
        return vectors;
    }

    /** Where a candidate's vector begins. */
    public int vectorAt(int i) {
        return i * dimensions;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Length of the vectors. */
    public int dimensions() {
        return dimensions;
    }

    /** The item's id. */
    public String id(int i) {
        return ids[i];
    }

    /** Log-odds; NaN without a score. */
    public float logit(int i) {
        return logits[i];
    }

    /** Probability; NaN without a score. */
    public double score(int i) {
        return scores[i];
    }

    /** Whether it has a score. */
    public boolean isScored(int i) {
        return !Float.isNaN(logits[i]);
    }

    /** The hash of the group. */
    public long group(int i) {
        return groups[i];
    }

    /** About how many examples it was in. */
    public float evidence(int i) {
        return evidence[i];
    }

    /** Whether the user has had it already. */
    public boolean isSeen(int i) {
        return seen[i];
    }
}
