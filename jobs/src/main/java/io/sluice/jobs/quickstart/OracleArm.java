package io.sluice.jobs.quickstart;

import java.util.Comparator;
import java.util.List;

/**
 * Knows the hidden truth: nobody can do better.
 *
 * <p>Examination falls with the position, so by the rearrangement inequality the order of falling
 * appeal has the most expected clicks of all orders. Immutable; thread-safe.
 */
final class OracleArm implements Arm {

    private final SimulatedWorld world;

    /** The oracle of a world. */
    OracleArm(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public List<Integer> order(Phase phase, Visit visit) {
        return visit.candidates().stream()
                .sorted(
                        Comparator.comparingDouble(
                                (Integer item) -> -world.appeal(phase, visit, item)))
                .toList();
    }
}
