package io.sluice.state.feature.stream;

/** Takes what an aggregate knows, for a person to read. */
@FunctionalInterface
public interface Figures {
    /** One figure. */
    void figure(String name, double value);
}
