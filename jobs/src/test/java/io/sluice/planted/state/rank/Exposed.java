package io.sluice.planted.state.rank;

@SuppressWarnings("MutablePublicArray") // one of the faults
final class Exposed {
    public static final int[] CELLS = {1};
    static int shared;
    public int open;

    private Exposed() {
        open = shared++;
    }

    static Exposed create() {
        return new Exposed();
    }
}
