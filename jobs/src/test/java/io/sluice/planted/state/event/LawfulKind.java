package io.sluice.planted.state.event;

enum LawfulKind implements LawfulEvent {
    CLICK {
        @Override
        int weight() {
            return 1;
        }
    };

    abstract int weight();
}
