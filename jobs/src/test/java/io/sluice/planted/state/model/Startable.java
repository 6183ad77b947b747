package io.sluice.planted.state.model;

final class Startable {
    private Startable() {}

    public static void main(String[] args) {}
}
