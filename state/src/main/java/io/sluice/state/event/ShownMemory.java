package io.sluice.state.event;

import java.util.List;

/**
 * What a memory of errors did to a prediction when an item was shown.
 *
 * @param base the model's own probability, in [0, 1]; NaN when there was no memory, or none was
 *     logged
 * @param corrections what each of its voices said, in the memory's own unit
 */
public record ShownMemory(double base, List<Float> corrections) {

    /** No memory. */
    public static final ShownMemory NONE = new ShownMemory(Double.NaN, List.of());

    /** Most voices that are believed. */
    public static final int MOST = 64;

    public ShownMemory {
        EventChecks.probabilityOrAbsent("items[].memory.base", base);
        corrections = List.copyOf(corrections);
        if (corrections.size() > MOST) {
            throw new IllegalArgumentException(
                    "items[].memory.corrections must be at most %d, found %d"
                            .formatted(MOST, corrections.size()));
        }
        for (Float correction : corrections) {
            if (!Float.isFinite(correction)) {
                throw new IllegalArgumentException(
                        "items[].memory.corrections must be finite, found " + correction);
            }
        }
    }

    /** Whether there was none. */
    public boolean isAbsent() {
        return Double.isNaN(base);
    }
}
