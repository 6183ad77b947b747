package io.sluice.planted.state.sparse;

final class Prints {
    private Prints() {}

    static void print(Exception fault) {
        System.out.println("out");
        System.err.println("err");
        fault.printStackTrace();
    }
}
