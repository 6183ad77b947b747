package io.sluice.state.memory;

import io.sluice.state.kernel.Decay;

/**
 * Forward decay (Cormode et al., ICDE 2009): what comes at time t is written with weight {@code
 * 2^(t / half)} against a landmark, and nothing that was written before has to be touched.
 *
 * <p>The exponent is split into whole half-lives and a rest, {@code 2^e · m} with m in [1, 2). A
 * landmark is a number of whole half-lives, so moving it multiplies every sum by a power of two,
 * which is exact: a reading does not depend on where the landmark stood.
 */
final class Fade {

    /** Whole half-lives behind the landmark from which it is to be moved. */
    static final int FURTHEST = 60;

    /** Sums below are nothing; they would lose bits when the landmark moves. */
    private static final float NOTHING = 0x1p-100f;

    /** Nearly all that a double can hold; what was remembered then weighs nothing. */
    private static final int LARGEST = 900;

    private final long halfLifeMs;

    Fade(long halfLifeMs) {
        this.halfLifeMs = halfLifeMs;
    }

    /** Whole half-lives of a time of {@link MemoryClock}. */
    long halves(long time) {
        return Math.floorDiv(time, halfLifeMs);
    }

    /** The weight of a time against a landmark; 0 when it is too far before it. */
    double weight(long time, long landmark) {
        long halves = halves(time);
        long rest = time - halves * halfLifeMs;
        double mantissa = 2 * Decay.factor(halfLifeMs - rest, (double) halfLifeMs);
        long exponent = Math.max(-LARGEST, Math.min(LARGEST, halves - landmark));
        return Math.scalb(mantissa, (int) exponent);
    }

    /** A sum as it stands against a landmark that lies {@code halves} later. */
    static float moved(float sum, long halves) {
        float moved = Math.scalb(sum, (int) Math.max(-1000, Math.min(1000, -halves)));
        return Math.abs(moved) < NOTHING ? 0 : moved;
    }
}
