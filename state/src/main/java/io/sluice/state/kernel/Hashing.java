package io.sluice.state.kernel;

/**
 * 64-bit hashes that are part of the model's format: they name rows, so they never change.
 *
 * <p>Texts are folded one UTF-16 unit at a time by xor and multiply (FNV-1a with 64-bit units) from
 * a seed, then finished by the 64-bit finaliser of MurmurHash3, which lets every input bit reach
 * every output bit. With n distinct keys the chance of any collision is about n²/2⁶⁵: 3·10⁻⁸ for a
 * million rows. Not meant to withstand somebody who searches for collisions.
 */
public final class Hashing {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** What has 16 digits or more does not fit into one word of four bits a digit. */
    private static final long MOST_DECIMAL = 1_000_000_000_000_000L;

    private Hashing() {}

    /** Hash of a text under a seed; O(length). */
    public static long text(long seed, String text) {
        return text(seed, text, 0, text.length());
    }

    /** Hash of {@code text.substring(from, to)} under a seed, without making it. */
    public static long text(long seed, String text, int from, int to) {
        // Mixed, or seeds that differ in few bits would cancel against the first characters.
        long hash = FNV_OFFSET ^ mix(seed);
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash ^ (to - from));
    }

    /** {@link #text} of a whole number in decimal digits, without making the text. */
    public static long decimal(long seed, long number) {
        if (number <= -MOST_DECIMAL || number >= MOST_DECIMAL) {
            return text(seed, Long.toString(number));
        }
        long hash = FNV_OFFSET ^ mix(seed);
        int length = 0;
        if (number < 0) {
            hash = (hash ^ '-') * FNV_PRIME;
            length = 1;
        }
        // The last digit first, four bits each; they come out from the first one on.
        long digits = 0;
        int count = 0;
        long left = Math.abs(number);
        do {
            digits = digits << 4 | left % 10;
            left /= 10;
            count++;
        } while (left > 0);
        for (int i = 0; i < count; i++) {
            hash = (hash ^ ('0' + (digits & 15))) * FNV_PRIME;
            digits >>>= 4;
        }
        return mix(hash ^ (length + count));
    }

    /** Hash of a number under a seed. */
    public static long number(long seed, long number) {
        return mix(mix(seed ^ FNV_OFFSET) + number * 0x9e3779b97f4a7c15L);
    }

    /** The 64-bit finaliser of MurmurHash3 (fmix64): a bijection without fixed structure. */
    public static long mix(long value) {
        long x = value;
        x = (x ^ (x >>> 33)) * 0xff51afd7ed558ccdL;
        x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return x ^ (x >>> 33);
    }

    /** The hash as a number in [0, 1): its upper 53 bits. */
    public static double unit(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    /** The upper half of a hash as a number from 0 to {@code limit} − 1; all are as likely. */
    public static int below(int limit, long hash) {
        return (int) (((hash >>> Integer.SIZE) * limit) >>> Integer.SIZE);
    }
}
