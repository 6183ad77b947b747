package io.sluice.state.kernel;

/**
 * Exponential decay by half-lives: {@code 2^(−elapsed / halfLife)}.
 *
 * <p>By {@link Exponential}, so that every processor gives the same bytes; {@link StrictMath#pow}
 * would take ten times as long. Relative error below 1e-12.
 */
public final class Decay {

    private static final double LN2 = 0.6931471805599453;

    /** Behind this many half-lives nothing is left. */
    private static final double MOST_HALF_LIVES = 1000;

    private Decay() {}

    /**
     * What is left of 1 after some time.
     *
     * @param elapsed in the unit of the half-life; negative counts as 0
     * @param halfLife positive; infinite: nothing ever decays
     * @return within [0, 1]
     */
    public static double factor(long elapsed, double halfLife) {
        double halves = elapsed / halfLife;
        if (!(halves > 0)) {
            return 1;
        }
        if (halves > MOST_HALF_LIVES) {
            return 0;
        }
        int whole = (int) (halves + 0.5);
        double y = (whole - halves) * LN2;
        double power = Double.longBitsToDouble((1023L - whole) << 52);
        return power * Exponential.ofSmall(y);
    }
}
