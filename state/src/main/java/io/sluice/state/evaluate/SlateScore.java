package io.sluice.state.evaluate;

/**
 * Ranking quality of whole slates: NDCG@10, MRR, MAP, HR@10.
 *
 * <p>Slates without a positive have no order to be judged and are left out. Not thread-safe.
 */
public final class SlateScore {

    private long count;
    private double ndcg;
    private double reciprocalRank;
    private double averagePrecision;
    private double hits;

    /**
     * Judges one slate, ordered by prediction, largest first; equal predictions stand in the order
     * of their item ids, so that the figures do not depend on how the slate was listed.
     *
     * @param items ids
     * @param predictions one for each item
     * @param labels 0 or 1 for each item
     */
    public void add(String[] items, float[] predictions, float[] labels) {
        add(SlateQuality.of(items, predictions, labels));
    }

    void add(SlateQuality slate) {
        if (slate.isJudged()) {
            count++;
            ndcg += slate.ndcgAt10();
            reciprocalRank += slate.reciprocalRank();
            averagePrecision += slate.averagePrecision();
            hits += slate.hitAt10();
        }
    }

    /** The means so far; NaN before the first slate. */
    public SlateSummary summary() {
        return new SlateSummary(
                count,
                ndcg / count,
                reciprocalRank / count,
                averagePrecision / count,
                hits / count);
    }
}
