package io.sluice.state.sparse.baseline;

/** What arrays take on a 64-bit JVM, headers and padding included. */
final class Bytes {

    /** Most that an array takes besides its elements. */
    static final int ARRAY = 24;

    private Bytes() {}

    static long of(long[] array) {
        return padded((long) Long.BYTES * array.length);
    }

    static long of(int[] array) {
        return padded((long) Integer.BYTES * array.length);
    }

    static long of(float[] array) {
        return padded((long) Float.BYTES * array.length);
    }

    static long of(char[] array) {
        return padded((long) Character.BYTES * array.length);
    }

    static long of(byte[] array) {
        return padded(array.length);
    }

    private static long padded(long elements) {
        return (16 + elements + 7) & -8;
    }
}
