package io.sluice.planted.state.event;

final class Changing {
    private int count;

    int next() {
        return count++;
    }
}
