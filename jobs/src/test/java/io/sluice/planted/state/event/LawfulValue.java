package io.sluice.planted.state.event;

final class LawfulValue implements LawfulEvent {
    private final int size;

    private LawfulValue(Builder builder) {
        this.size = builder.size;
    }

    int size() {
        return size;
    }

    static final class Builder {
        private int size;

        Builder grow() {
            size++;
            return this;
        }

        LawfulValue build() {
            return new LawfulValue(this);
        }
    }
}
