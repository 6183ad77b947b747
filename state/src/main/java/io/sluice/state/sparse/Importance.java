package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;

/**
 * How much the rows of a page have had to learn lately: the decayed sum of the expected |gradient|
 * over their touches, 2σ(z)(1 − σ(z)) each.
 *
 * <p>It must not depend on labels (see {@link EmbeddingTable#claim}), and is decayed frequency
 * where predictions are alike; a touch that the model is sure about counts less. Decay is forward
 * (Cormode et al., "Forward Decay", ICDE 2009): a touch counts {@code 2^(s/8)} at s steps of an
 * eighth of a half-life after the page's landmark, so rows that are not touched need no visit;
 * before the numbers grow out of range the landmark is moved. Not thread-safe.
 */
final class Importance {

    /** Steps after which the landmark moves: eight half-lives. */
    private static final int FARTHEST = 64;

    private static final float[] GROWTH = new float[FARTHEST + 1];

    static {
        for (int step = 0; step < GROWTH.length; step++) {
            GROWTH[step] = (float) StrictMath.pow(2, (double) step / StoreLayout.FADES);
        }
    }

    private final RowFormat format;
    private final RowPages pages;
    private final long fadeEvents;

    Importance(StoreLayout layout, RowPages pages) {
        this.pages = pages;
        format = layout.format;
        fadeEvents = layout.fadeEvents;
    }

    /** The step at so many examples. */
    int step(long examples) {
        return (int) (examples / fadeEvents);
    }

    /** What importance 1 of now is in the measure of {@link FloatRows}. */
    static float recent(int step) {
        return GROWTH[step % FARTHEST];
    }

    /**
     * By how much importance in that measure fades after so many examples, when the landmark moves
     * that all those rows share; 1 at other times.
     */
    float recentFading(long examples) {
        return examples % (fadeEvents * FARTHEST) == 0 ? 1 / GROWTH[FARTHEST] : 1;
    }

    /** What importance 1 of now is in the measure of a page, whose landmark may move. */
    float unit(int number, int step) {
        int steps = step - pages.faded(number);
        if (steps > FARTHEST) {
            fade(number, step);
            steps = 0;
        }
        return GROWTH[steps];
    }

    /** Moves a page's landmark to a step. */
    void fade(int number, int step) {
        float factor =
                (float)
                        StrictMath.pow(
                                2, (pages.faded(number) - step) / (double) StoreLayout.FADES);
        pages.scan(
                number,
                (rows, at) -> {
                    int marks = format.marks(rows, at);
                    long chance = Hashing.mix(RowFormat.key(rows, at) + step);
                    float faded = RowMarks.importance(marks) * factor;
                    format.setMarks(
                            rows, at, RowMarks.withImportance(marks, faded, (int) (chance >>> 32)));
                });
        pages.setFaded(number, step);
    }
}
