package io.sluice.state.kernel;

/** Normal numbers as a function of names, so that the order in which they are drawn never shows. */
public final class HashedNormal {

    private HashedNormal() {}

    /** A standard normal number by Box and Muller (1958) from two hashes of the arguments. */
    public static double of(long seed, long key, int index) {
        long base = Hashing.number(seed, key);
        double u = 1 - Hashing.unit(Hashing.number(base, 2L * index));
        double v = Hashing.unit(Hashing.number(base, 2L * index + 1));
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    }
}
