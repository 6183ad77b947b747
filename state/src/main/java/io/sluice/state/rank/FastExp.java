package io.sluice.state.rank;

/**
 * The exponential by a power of two and a polynomial of degree 9; relative error below 1e-8. Only
 * additions and multiplications, so the same bits on every machine, at a tenth of what {@code
 * StrictMath} takes.
 */
final class FastExp {

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN_2 = 0.6931471805599453;

    private FastExp() {}

    /** e to the power of x; 0 below −700 and capped at x = 700. */
    static double of(double x) {
        if (x < -700) {
            return 0;
        }
        double y = Math.min(x, 700) * LOG2_E;
        double whole = Math.floor(y);
        double u = (y - whole) * LN_2;
        double p = 1.0 / 362880;
        p = p * u + 1.0 / 40320;
        p = p * u + 1.0 / 5040;
        p = p * u + 1.0 / 720;
        p = p * u + 1.0 / 120;
        p = p * u + 1.0 / 24;
        p = p * u + 1.0 / 6;
        p = p * u + 0.5;
        p = p * u + 1;
        p = p * u + 1;
        return p * Double.longBitsToDouble(((long) whole + 1023) << 52);
    }
}
